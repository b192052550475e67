import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Bench } from '../core/model/bench.ts';
import { RigError } from '../core/model/rig-error.ts';
import { type Language, textIn } from '../core/model/text.ts';
import { UsageError } from '../core/model/usage-error.ts';
import { cleanUpRun } from '../deployment/cleanup.ts';
import { openLedger } from '../deployment/ledger.ts';
import type { Deployment } from '../deployment/provider.ts';
import { processProvider } from '../deployment/providers/process.ts';
import { remoteProvider } from '../deployment/providers/remote.ts';
import { deploy } from './deployment/deploy.ts';
import { theEdge } from './deployment/edge-behaviours.ts';
import { createRoom, enter, personWith } from './deployment/matrix.ts';
import { startProxy } from './deployment/proxy.ts';
import { startRemoteOwner } from './deployment/remote-owner.ts';
import { describeRemote, type RemoteFixture } from './deployment/remote-target.ts';
import { rooms } from './deployment/room-behaviours.ts';
import { temporaryFolder } from './deployment/temporary.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';

const { postgresBin: _p, redis: _r, docker: _d, ...tools } = toolsHere();
const missing = requireParts({ synapse: tools.synapsePython, nginx: tools.nginx });

const within = temporaryFolder();

const reach = (fixture: RemoteFixture) => deploy({ name: 'remote', provider: remoteProvider(fixture), tools: {} });

describe.skipIf(missing !== undefined)(`remote${missing === undefined ? '' : ` (${missing})`}`, () => {
  let reference: Deployment;
  beforeAll(async () => {
    reference = await deploy({ name: 'reference', provider: processProvider, tools });
  }, 120_000);
  afterAll(() => reference?.[Symbol.asyncDispose](), 60_000);

  describe('a deployment known from a target file', () => {
    let remote: Deployment;
    const bench = (): Bench => remote.bench;
    beforeAll(async () => {
      remote = await reach(await describeRemote(within, reference.bench, { passwords: 3, tokens: 1 }));
    }, 60_000);
    afterAll(() => remote?.[Symbol.asyncDispose](), 60_000);

    theEdge(bench);
    rooms(bench);

    test('has no more than the target file and the target offer', () => {
      expect(bench().target.capabilities).toEqual([
        'accounts',
        'passwordAccounts',
        'passwordLogin',
        'tls',
        'mayMutate',
      ]);
      expect(bench().database).toBeUndefined();
      expect(JSON.stringify(bench().target)).not.toMatch(/password"|token/i);
    });
  });

  test('an account given back is lent again, with the device it had and without the rooms it was in', async () => {
    // From an address of its own, whose login limit nobody else has used up.
    const changes = { proxy: (await startProxy('127.0.9.3')).url };
    const fixture = await describeRemote(within, reference.bench, { passwords: 1, tokens: 0, changes });
    await using remote = await reach(fixture);
    const { accounts } = remote.bench;
    const first = await accounts.lease('alice');
    const session = await accounts.session(first);
    await createRoom(personWith(remote.bench, session));
    await accounts.release([first]);
    const second = await accounts.lease('bob');
    expect(second.userId).toBe(first.userId);
    expect(await accounts.session(second)).toEqual(session);
    expect(JSON.parse((await asSeenBy(reference.bench, session.accessToken, 'joined_rooms')).text())).toEqual({
      joined_rooms: [],
    });
    expect(accounts.created).toHaveLength(1);
  });

  test('an account whose device was logged out meanwhile gets a new one', async () => {
    // From an address of its own, whose login limit nobody else has used up.
    const changes = { proxy: (await startProxy('127.0.9.4')).url };
    const fixture = await describeRemote(within, reference.bench, { passwords: 1, tokens: 0, changes });
    await using remote = await reach(fixture);
    const { accounts } = remote.bench;
    const account = await accounts.lease('alice');
    const session = await accounts.session(account);
    await personWith(remote.bench, session).request('POST', '/logout', {});
    await accounts.release([account]);
    const next = await accounts.session(await accounts.lease('alice'));
    expect(next.deviceId).not.toBe(session.deviceId);
    expect((await asSeenBy(reference.bench, next.accessToken, 'account/whoami')).status).toBe(200);
  });

  test('every account is lent to one holder, then the target file is named as too short', async () => {
    const fixture = await describeRemote(within, reference.bench, { passwords: 1, tokens: 0 });
    await using remote = await reach(fixture);
    await remote.bench.accounts.lease('alice');
    await expect(remote.bench.accounts.lease('bob')).rejects.toThrow(
      `The 1 accounts in ${fixture.targetFile} are not enough: 1 more needed; add some under "accounts".`,
    );
  });

  test('an account with a token has the one device the token belongs to', async () => {
    await using remote = await reach(await describeRemote(within, reference.bench, { passwords: 0, tokens: 1 }));
    const account = await remote.bench.accounts.lease('alice');
    const session = await remote.bench.accounts.login(account, 'first');
    const url = `${remote.bench.target.homeserverUrl}/_matrix/client/v3/account/whoami`;
    const headers = { authorization: `Bearer ${session.accessToken}` };
    const whoami = JSON.parse((await remote.bench.send({ method: 'GET', url, headers })).text());
    expect(whoami.device_id).toBe(session.deviceId);
    await expect(remote.bench.accounts.login(account, 'second')).rejects.toThrow(
      /has only a token in .*, so one device/,
    );
  });

  test('at its end the rooms are left and only sessions of the run are logged out, all through the proxy', async () => {
    const proxy = await startProxy('127.0.9.1');
    const changes = { proxy: proxy.url };
    const fixture = await describeRemote(within, reference.bench, { passwords: 1, tokens: 1, changes });
    const remote = await reach(fixture);
    const [alice, bob] = [await enter(remote.bench, 'alice'), await enter(remote.bench, 'bob')];
    await createRoom(bob);
    await remote[Symbol.asyncDispose]();
    expect(openLedger(fixture.runFolder).open()).toEqual([]);
    expect((await asSeenBy(reference.bench, alice.session.accessToken, 'account/whoami')).status).toBe(401);
    const rooms = await asSeenBy(reference.bench, bob.session.accessToken, 'joined_rooms');
    expect(JSON.parse(rooms.text())).toEqual({ joined_rooms: [] });
    expect(new Set(proxy.tunnels)).toEqual(new Set([reference.bench.target.serverName]));
  });

  test('what a killed run made is removed by cleaning up', { timeout: 180_000 }, async () => {
    const changes = { proxy: (await startProxy('127.0.9.2')).url };
    const fixture = await describeRemote(within, reference.bench, { passwords: 1, tokens: 1, changes });
    const owner = await startRemoteOwner(fixture);
    await owner.kill();
    await expect(cleanUpRun({ progress: () => {}, runId: owner.runId, runFolder: fixture.runFolder })).rejects.toThrow(
      'The run left 2 sessions and rooms on the target; pass --target <target file> to remove them.',
    );
    const removed = await cleanUpRun({ progress: () => {}, runId: owner.runId, ...fixture });
    expect(removed.filter((line) => /^(session|room) /.test(line))).toHaveLength(2);
    expect((await asSeenBy(reference.bench, owner.sessionToken, 'account/whoami')).status).toBe(401);
    const left = await asSeenBy(reference.bench, owner.roomToken, 'joined_rooms');
    expect(JSON.parse(left.text())).toEqual({ joined_rooms: [] });
    expect(await cleanUpRun({ progress: () => {}, runId: owner.runId, ...fixture })).toEqual([]);
  });

  test('a certificate for another name is one clear line', async () => {
    const port = await relayTo(reference.bench.target.homeserverUrl);
    const changes = { homeserverUrl: `https://127.0.0.2:${port}` };
    const fixture = await describeRemote(within, reference.bench, { passwords: 0, tokens: 0, changes });
    const failure = await reach(fixture).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(RigError);
    expect(String(failure)).toBe(
      `RigError: 127.0.0.2:${port}: the TLS certificate is for other names; correct the address of the target or the certificate.`,
    );
  });

  test('a target that is not there is one clear line', async () => {
    const changes = { homeserverUrl: 'http://127.0.0.1:9' };
    const fixture = await describeRemote(within, reference.bench, { passwords: 0, tokens: 0, changes });
    await expect(reach(fixture)).rejects.toThrow(
      '127.0.0.1:9: connection refused; is the service running and the port right?',
    );
  });

  test('a wrong password is one line in either language, with the key of the target file to correct', async () => {
    const people = { passwords: 2, tokens: 0 };
    const fixture = await describeRemote(within, reference.bench, people);
    change(fixture, (file) => Object.assign(file.accounts[1] ?? {}, { password: 'falsch' }));
    await using remote = await reach(fixture);
    const [, second] = await remote.bench.accounts.leaseMany('people', 2);
    if (second === undefined) throw new Error('two accounts are lent');
    const text = await textOf(remote.bench.accounts.login(second, 'device'));
    expect(text.de).toBe(
      `Das Ziel nimmt das Kennwort von ${second.userId} nicht an (Status 403, M_FORBIDDEN): /accounts/1/password in ${fixture.targetFile} berichtigen, sonst die Kennung daneben und „serverName“.`,
    );
    expect(text.en).toMatch(/^The target does not accept the password of .*: correct \/accounts\/1\/password in .*\.$/);
  });

  test('a token that is not valid, or not that device’s, is told by the key of the target file', async () => {
    const fixture = await describeRemote(within, reference.bench, { passwords: 0, tokens: 2 });
    change(fixture, ({ accounts: [first = {}, second = {}] }) => {
      Object.assign(first, { accessToken: 'syt_falsch' });
      Object.assign(second, { deviceId: 'ANDERS' });
    });
    await using remote = await reach(fixture);
    const [first, second] = await remote.bench.accounts.leaseMany('people', 2);
    if (first === undefined || second === undefined) throw new Error('two accounts are lent');
    const refused = await textOf(remote.bench.accounts.login(first, 'device'));
    expect(refused.de).toMatch(
      /Zugangstoken von @.* nicht an \(Status 401, M_UNKNOWN_TOKEN\): \/accounts\/0\/accessToken in/,
    );
    const other = await textOf(remote.bench.accounts.login(second, 'device'));
    expect(other.de).toMatch(/steht ANDERS, das Ziel selbst nennt \w+: „\/accounts\/1\/deviceId“ berichtigen\.$/);
  });

  test('an expired permission is refused before anything is sent', async () => {
    const changes = { homeserverUrl: 'http://127.0.0.1:9' };
    const fixture = await describeRemote(within, reference.bench, { passwords: 0, tokens: 0, changes });
    const file = JSON.parse(readFileSync(fixture.targetFile, 'utf8'));
    file.permissions.until = '2026-01-31T18:00:00+01:00';
    writeFileSync(fixture.targetFile, JSON.stringify(file));
    const refusal = await reach(fixture).catch((thrown: unknown) => thrown);
    expect(refusal).toBeInstanceOf(UsageError);
    expect(String(refusal)).toMatch(
      /ended at 2026-01-31T18:00:00\+01:00; ask Frau Beispiel \(Betriebsleitung\) for a new one/,
    );
  });
});

function change({ targetFile }: RemoteFixture, edit: (file: { accounts: Record<string, unknown>[] }) => void): void {
  const file = JSON.parse(readFileSync(targetFile, 'utf8'));
  edit(file);
  writeFileSync(targetFile, JSON.stringify(file));
}

/** What people read of a failure, in both languages. */
async function textOf(failing: Promise<unknown>): Promise<Record<Language, string>> {
  const thrown = await failing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(thrown instanceof RigError)) throw new Error(`no RigError but ${thrown}`);
  return { de: textIn('de', thrown.text), en: textIn('en', thrown.text) };
}

function asSeenBy(bench: Bench, token: string, path: string) {
  const url = `${bench.target.homeserverUrl}/_matrix/client/v3/${path}`;
  return bench.send({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
}

/** The same edge under an address its certificate does not name. */
async function relayTo(url: string): Promise<number> {
  const relay = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
  });
  await once(relay.listen(0, '127.0.0.2'), 'listening');
  onTestFinished(() => {
    relay.close();
  });
  return (relay.address() as AddressInfo).port;
}
