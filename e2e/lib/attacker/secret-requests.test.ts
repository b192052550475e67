import { expect, it } from 'vitest';
import type { HttpAnswer } from '../../../core/http/http.ts';
import { listenForSecretRequests } from './secret-requests.ts';

const answer: HttpAnswer = { status: 200, headers: {}, bytes: new Uint8Array(), text: () => '{}' };

const asking = (action: string, name: string) => ({
  method: 'PUT',
  url: 'https://example.org/_matrix/client/v3/sendToDevice/m.secret.request/1',
  body: JSON.stringify({ messages: { '@a:example.org': { '*': { action, name, request_id: `id of ${name}` } } } }),
});

it('tells the number of a request, also to who waits from before', async () => {
  const requests = listenForSecretRequests(60_000);
  const send = requests.between(async () => answer);
  const waiting = requests.waitFor('m.megolm_backup.v1');
  await send(asking('request', 'm.megolm_backup.v1'));
  expect(await waiting).toBe('id of m.megolm_backup.v1');
});

it('passes over requests that are taken back', async () => {
  const requests = listenForSecretRequests(5);
  await requests.between(async () => answer)(asking('request_cancellation', 'm.megolm_backup.v1'));
  expect(await requests.waitFor('m.megolm_backup.v1')).toBeUndefined();
});
