/** Where Chromium is told that there is nothing to draw with besides the processor. */
import { describe, expect, it } from 'vitest';
import { mayHaveGraphics } from '../../src/main/window/graphics.ts';

const CASES = [
  { name: 'a Linux with the kernel’s own drivers', platform: 'linux', devices: ['/dev/dri'], want: true },
  { name: 'a Linux with NVIDIA’s driver alone', platform: 'linux', devices: ['/dev/nvidiactl'], want: true },
  { name: 'a Linux inside Windows', platform: 'linux', devices: ['/dev/dxg'], want: true },
  { name: 'a Linux without any', platform: 'linux', devices: ['/dev/fb0'], want: false },
  { name: 'a Windows, which has no such files', platform: 'win32', devices: [], want: true },
  { name: 'a Mac, which has no such files', platform: 'darwin', devices: [], want: true },
] as const;

describe('graphics', () => {
  it.each(CASES)('of $name: $want', ({ platform, devices, want }) => {
    expect(mayHaveGraphics(platform, (path) => devices.some((device) => device === path))).toBe(want);
  });
});
