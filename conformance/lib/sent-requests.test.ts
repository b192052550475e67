import { expect, test } from 'vitest';
import type { SinkRequest } from '../../core/model/surroundings.ts';
import { sentRequestFindings } from './sent-requests.ts';

const asked = (path: string, json?: unknown): SinkRequest => ({ method: 'POST', path, query: {}, headers: {}, json });
const notify = '/_matrix/push/v1/notify';

test('what the specification describes so is no finding', () => {
  expect(sentRequestFindings('push-gateway', asked(notify, { notification: { devices: [] } }))).toEqual([]);
});

test('a request of another form names what is wrong and where', () => {
  const [finding] = sentRequestFindings('push-gateway', asked(notify, { notification: { devices: [], type: null } }));
  expect(finding).toMatchObject({ code: 'request-violation', where: `POST ${notify}` });
  expect(finding?.observed).toContain('/notification/type');
});

test('a request nobody describes is a finding', () => {
  expect(sentRequestFindings('push-gateway', asked('/elsewhere'))).toMatchObject([{ where: 'POST /elsewhere' }]);
});
