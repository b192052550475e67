import { expect, it } from 'vitest';
import type { HttpAnswer } from '../../core/http/http.ts';
import { countingRequests } from './request-count.ts';

const answer: HttpAnswer = { status: 403, headers: {}, bytes: new Uint8Array(), text: () => '' };

it('counts requests of one kind, also those that were refused', async () => {
  const uploads = countingRequests('PUT', '/room_keys/keys');
  const send = uploads.between(async () => answer);
  const url = 'https://example.org/_matrix/client/v3/room_keys/keys?version=1';
  await send({ method: 'PUT', url });
  await send({ method: 'GET', url });
  await send({ method: 'PUT', url: 'https://example.org/_matrix/client/v3/room_keys/version/1' });
  expect(uploads.count()).toBe(1);
});
