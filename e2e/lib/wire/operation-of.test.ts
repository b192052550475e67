import { expect, test } from 'vitest';
import { operationOf } from './operation-of.ts';

const base = 'https://hs.example/_matrix/client/v3';

test.each([
  ['PUT', `${base}/rooms/!a%3Ahs/send/m.room.encrypted/m1.2`, '/rooms/{room}/send/m.room.encrypted/{txn}'],
  ['PUT', `${base}/sendToDevice/m.room.encrypted/x`, '/sendToDevice/m.room.encrypted/{txn}'],
  ['GET', `${base}/sync?since=s1`, '/sync'],
  ['GET', `${base}/user/%40a%3Ahs/filter/3`, '/user/{user}/filter/{filter}'],
  ['GET', `${base}/rooms/!a:hs/event/$abc`, '/rooms/{room}/event/{event}'],
])('%s %s becomes its operation', (method, url, path) => {
  expect(operationOf(method, url)).toBe(`${method} /_matrix/client/v3${path}`);
});
