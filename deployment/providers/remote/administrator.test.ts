import { expect, test } from 'vitest';
import type { HttpAnswer, HttpRequest } from '../../../core/http/http.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { openAdministrator } from './administrator.ts';
import type { Connection } from './connection.ts';
import type { TargetSource } from './read-target.ts';

function connectionAnswering(status: number, json: unknown) {
  const requests: HttpRequest[] = [];
  const text = JSON.stringify(json);
  const answer: HttpAnswer = { status, headers: {}, bytes: new TextEncoder().encode(text), text: () => text };
  const send = async (request: HttpRequest) => {
    requests.push(request);
    return answer;
  };
  return { requests, connection: { send, homeserverUrl: 'https://hs1.example' } as unknown as Connection };
}

const source = (adminToken?: string) =>
  ({ path: 'target.json', ...(adminToken !== undefined && { adminToken }) }) as unknown as TargetSource;

test('the administrator is whoever the token belongs to', async () => {
  const { connection, requests } = connectionAnswering(200, { user_id: '@admin:hs1.example', device_id: 'D' });
  expect(await openAdministrator(source('geheim'), connection)).toEqual({
    account: { userId: '@admin:hs1.example', kind: 'administrator' },
    session: { userId: '@admin:hs1.example', deviceId: 'D', accessToken: 'geheim' },
  });
  expect(requests[0]?.headers).toEqual({ authorization: 'Bearer geheim' });
});

test('a missing token and one that is refused are told by the key of the target file', async () => {
  const { connection } = connectionAnswering(401, { errcode: 'M_UNKNOWN_TOKEN' });
  const failures = await Promise.allSettled([
    openAdministrator(source(), connection),
    openAdministrator(source('alt'), connection),
  ]);
  for (const failure of failures) {
    const reason: unknown = failure.status === 'rejected' ? failure.reason : undefined;
    expect(reason).toBeInstanceOf(RigError);
    expect(String(reason)).toContain('"adminToken"');
  }
});
