import { expect, test } from 'vitest';
import type { HttpAnswer } from '../../core/http/http.ts';
import { holding } from './hold.ts';

const answer: HttpAnswer = { status: 200, headers: {}, bytes: new Uint8Array(), text: () => '' };
const ask = (path: string) => ({ method: 'GET', url: `https://hs.example/_matrix/client/v3${path}?timeout=0` });

test('answers of that kind stay on the way until the end, others and later ones do not', async () => {
  const hold = holding('/sync');
  const arrived: string[] = [];
  const send = hold.between(async () => answer);
  const asked = async (path: string) => {
    await send(ask(path));
    arrived.push(path);
  };
  hold.begin();
  const held = asked('/sync');
  await asked('/joined_rooms');
  expect(arrived).toEqual(['/joined_rooms']);
  hold.end();
  await held;
  await asked('/sync');
  expect(arrived).toEqual(['/joined_rooms', '/sync', '/sync']);
});
