/** Where the focus goes when what had it goes away. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepFocus } from '../../../src/renderer/shell/keeping-focus.ts';

let end: () => void;
const get = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};
const focused = (): string | undefined => document.activeElement?.id;
const frames = (): Promise<void> => new Promise((done) => setTimeout(done, 100));

beforeEach(() => {
  // jsdom lays nothing out: everything that is in the page is in sight.
  Element.prototype.getClientRects = function () {
    return (this.isConnected ? [new DOMRect()] : []) as unknown as DOMRectList; // its length is all that is asked
  };
  document.body.innerHTML = `<main><div role="region" tabindex="0" id="screen"><ul>
    <li id="one"><button id="do-one">1</button></li><li id="two"><button id="do-two">2</button></li></ul></div>
    <aside id="side"><button id="close">x</button></aside></main>`;
  end = keepFocus(document.body);
});
afterEach(() => end());

it('goes to the row that takes the place of one that is gone, and to the one before where it was the last', async () => {
  get('do-one').focus();
  get('one').remove();
  await frames();
  expect(focused()).toBe('do-two');
});

it('goes back to where the person was when an inspector closes', async () => {
  get('do-two').focus();
  get('close').focus();
  get('side').remove();
  await frames();
  expect(focused()).toBe('do-two');
});

it('goes to the screen where nothing else is left, and leaves a focus alone that was placed', async () => {
  get('close').focus();
  get('side').remove();
  await frames();
  expect(focused()).toBe('screen');
  get('do-one').focus();
  get('one').remove();
  get('screen').focus();
  await frames();
  expect(focused()).toBe('screen');
});
