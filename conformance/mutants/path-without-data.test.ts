import { expect, test } from 'vitest';
import { pathWithoutData } from './path-without-data.ts';

test.each([
  [
    '/_matrix/client/unstable/org.matrix.msc4140/delayed_events/syd_gHMpHfkipV',
    '/_matrix/client/unstable/org.matrix.msc4140/delayed_events/*',
  ],
  [
    '/_matrix/client/unstable/rooms/!4uxnb65/send/de.pruefstand.probe/9t0mhkd7nqce',
    '/_matrix/client/unstable/rooms/*/send/de.pruefstand.probe/*',
  ],
  ['/_matrix/client/v3/unheard', '/_matrix/client/v3/unheard'],
  ['/_matrix/pruefstand-d89thwz9', '/_matrix/*'],
])('of %s stays %s', (path, kept) => {
  expect(pathWithoutData(path)).toBe(kept);
});
