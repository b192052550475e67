import { expect, test } from 'vitest';
import { stableSelector } from './stable-selector.ts';

test.each([
  ['button[aria-label="Senden"]', 'button[aria-label="Senden"]'],
  ['li[data-scroll-tokens="$Q1_TGn52IdwtUw0eK3nSrzY638"] > a', 'li[data-scroll-tokens="…"] > a'],
  ['[href$="!AQoiv0qtnf1KN7eavXJz5tILgE6"]', '[href$="…"]'],
  ['[title="@bench-bob-1rsvrc2:localhost:8448"]', '[title="…"]'],
  ['#mx_RoomSublist_im\\\\.vector', '#mx_RoomSublist_im\\\\.vector'],
  ['._avatar_mcap2_17[data-color="2"]', '._avatar_mcap2_…[data-color="…"]'],
  ['#mx_Field_12', '#mx_Field_…'],
  ['#\\:r1a\\:', '#…'],
  ['.mx_EventTile:nth-child(3)', '.mx_EventTile:nth-child(3)'],
])('%s becomes %s', (selector, stable) => {
  expect(stableSelector(selector)).toBe(stable);
});
