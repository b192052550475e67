import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bench, Session } from '../core/model/bench.ts';
import { type Text, textIn } from '../core/model/text.ts';
import type { Deployment } from '../deployment/provider.ts';
import { processProvider } from '../deployment/providers/process.ts';
import { planLoad, type Schedule } from '../load/generator/plan-load.ts';
import { type Provisioned, type ProvisionOptions, provision } from '../load/generator/provision.ts';
import { removePrepared } from '../load/generator/provisioning/clean-up.ts';
import { readProvisioningJournal } from '../load/generator/provisioning/provisioning-journal.ts';
import { readPopulation } from '../load/generator/read-population.ts';
import { deploy } from './deployment/deploy.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';

const tools = toolsHere();
const missing = requireParts({ synapse: tools.synapsePython, nginx: tools.nginx });
const users = 6;

describe.skipIf(missing !== undefined)(missing === undefined ? 'provisioning' : `provisioning (${missing})`, () => {
  let deployment: Deployment;
  let schedule: Schedule;
  let bench: Bench;

  beforeAll(async () => {
    deployment = await deploy({ name: 'process', provider: processProvider, tools });
    ({ bench } = deployment);
    schedule = planLoad({
      scenario: { rooms: { classes: ['direct', 'team'], density: 0.1 }, profile: 'V2' },
      scale: { users, rampS: 1, durationS: 1, compression: 1 },
      population: await readPopulation(),
      seed: '1',
    });
  });
  afterAll(() => deployment[Symbol.asyncDispose]());

  const prepare = (own: Partial<ProvisionOptions> = {}) =>
    provision({
      bench,
      schedule,
      users,
      label: `t${Math.random().toString(36).slice(2, 8)}`,
      signal: new AbortController().signal,
      onProgress: () => {},
      ...own,
    });

  test('a preparation that was stopped goes on where it stood', async () => {
    const journalFile = join(bench.scratchDirectory, 'people.ndjson');
    const stopping = (text: Text) => {
      if (/^\d+\/\d+ joins/.test(textIn('en', text))) throw new Error('stopped here');
    };
    await expect(prepare({ journalFile, isKept: true, onProgress: stopping })).rejects.toThrow('stopped here');
    const before = readProvisioningJournal(journalFile).prepared;
    expect(before.sessions.size).toBe(users);
    const told: string[] = [];
    await using after = await prepare({ journalFile, onProgress: (text) => told.push(textIn('en', text)) });
    expect(after.sessions.map(({ userId }) => userId)).toEqual([...before.accounts].sort(byUser).map(([, id]) => id));
    expect(after.roomIds).toEqual([...before.rooms].sort(byUser).map(([, id]) => id));
    expect(told.join('\n')).toMatch(/^\d+ joins in \d+\.\d s \(\d+ per second\)$/m);
    expect(told.join('\n')).not.toMatch(/accounts|rooms/);
    await expectMembers(bench, schedule, after);
  });

  test.each(['application-service', 'password'] as const)('login by %s gives a device', async (login) => {
    await using people = await prepare({ login });
    await expectMembers(bench, schedule, people);
    for (const session of people.sessions)
      expect(await whoIs(bench, session)).toEqual([session.userId, session.deviceId]);
  });

  test('single sign-on gives a device, at the variant that has a provider', async () => {
    const variant = (await bench.lab?.variant('open')) ?? expect.fail('no lab');
    await using people = await prepare({ login: 'openid', bench: variant });
    await expectMembers(variant, schedule, people);
    for (const session of people.sessions) expect((await whoIs(variant, session))[1]).toBe(session.deviceId);
  });

  test('tokens of the administration are of no device, and what was made can be removed', async () => {
    const journalFile = join(bench.scratchDirectory, 'minted.ndjson');
    await using people = await prepare({ login: 'admin-token', journalFile });
    await expectMembers(bench, schedule, people);
    const [first = expect.fail('nobody')] = people.sessions;
    expect(await whoIs(bench, first)).toEqual([first.userId, undefined]);
    await removePrepared(bench, readProvisioningJournal(journalFile).prepared, () => {});
    for (const session of people.sessions) expect(await whoIs(bench, session)).toEqual([401, 'M_UNKNOWN_TOKEN']);
    expect(existsSync(journalFile)).toBe(true);
  });

  test('nobody meets a limit that Synapse keeps by account', async () => {
    await using people = await prepare({ login: 'password' });
    const [session = expect.fail('nobody')] = people.sessions;
    const [roomId = ''] = people.roomIds;
    const statuses = new Set<number>();
    for (let number = 0; number < 15; number++) statuses.add((await send(bench, session, roomId, number)).status);
    expect([...statuses]).toEqual([200]);
  });
});

const byUser = ([a]: [number, string], [b]: [number, string]) => a - b;

/** The homeserver's own view of each room is what was planned. */
async function expectMembers(bench: Bench, { rooms }: Schedule, { sessions, roomIds }: Provisioned): Promise<void> {
  for (const [room, { members }] of rooms.entries()) {
    const session = sessions[members[0] ?? 0] ?? expect.fail('nobody');
    const url = `${bench.target.homeserverUrl}/_matrix/client/v3/rooms/${encodeURIComponent(roomIds[room] ?? '')}/joined_members`;
    const answer = await bench.send({
      method: 'GET',
      url,
      headers: { authorization: `Bearer ${session.accessToken}` },
    });
    const joined = Object.keys(JSON.parse(answer.text()).joined ?? {});
    expect(joined.sort()).toEqual(members.map((user) => sessions[user]?.userId).sort());
  }
}

async function whoIs(bench: Bench, { accessToken }: Session): Promise<readonly [unknown, unknown]> {
  const url = `${bench.target.homeserverUrl}/_matrix/client/v3/account/whoami`;
  const answer = await bench.send({ method: 'GET', url, headers: { authorization: `Bearer ${accessToken}` } });
  const said = JSON.parse(answer.text());
  return answer.status === 200 ? [said.user_id, said.device_id] : [answer.status, said.errcode];
}

function send(bench: Bench, { accessToken }: Session, roomId: string, number: number) {
  const url = `${bench.target.homeserverUrl}/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.message/${number}`;
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  return bench.send({ method: 'PUT', url, headers, body: JSON.stringify({ msgtype: 'm.text', body: 'x' }) });
}
