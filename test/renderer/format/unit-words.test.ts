import { describe, expect, it } from 'vitest';
import { singular, unitCount } from '../../../src/renderer/format/unit-words.ts';

describe('a figure with its unit', () => {
  it.each([
    ['rooms', 'room'],
    ['people', 'person'],
    ['nurses', 'nurse'],
    ['devices', 'device'],
    ['bodies', 'body'],
    ['boxes', 'box'],
    ['couches', 'couch'],
    ['GPUs', 'GPU'],
    ['CT scanners', 'CT scanner'],
  ])('is singular for one: %s, %s', (plural, one) => {
    expect(singular(plural)).toBe(one);
    expect(unitCount('en', 1000, plural)).toBe(`1 ${one}`);
  });

  it.each(['TB', 'staff', 'bus', 'chassis', 'room', 'glass', '间'])('leaves %s as it is', (word) => {
    expect(singular(word)).toBe(word);
  });

  it('keeps the plural for every other figure, and every word in Chinese', () => {
    expect(unitCount('en', 2000, 'rooms')).toBe('2 rooms');
    expect(unitCount('en', 0, 'people')).toBe('0 people');
    expect(unitCount('en', 1500, 'cores')).toBe('1.5 cores');
    expect(unitCount('zh', 1000, 'rooms')).toBe('1 rooms');
    expect(unitCount('zh', 1000, '间')).toBe('1 间');
  });
});
