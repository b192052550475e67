import { describe, expect, test } from 'vitest';
import { asAnyFamily } from '../cli/families.ts';
import { proveRecordings } from '../cli/prove/prove-recordings.ts';
import { createAbort } from '../cli/run/create-abort.ts';
import { check as crowdCheck } from '../conformance/checks/keys/keys-claim-crowd.check.ts';
import { readDeclarations } from '../conformance/coverage/data.ts';
import { coverageOf } from '../conformance/coverage/operations.ts';
import { conformanceFamily, createConformanceFamily, provenAtOnce } from '../conformance/family.ts';
import { type HttpDefect, onlyNth, setting } from '../conformance/lib/defect.ts';
import { claimPath } from '../conformance/lib/key-requests.ts';
import { createRecordings } from '../conformance/replay/recordings.ts';
import { runCheck } from '../core/run/run-checks.ts';
import { systemClock } from '../core/system-clock.ts';
import { processProvider } from '../deployment/providers/process.ts';
import { readOperationFacts } from '../schemas/matrix/bundle.ts';
import { deploy } from './deployment/deploy.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { provesFamily } from './lib/prove-family.ts';

const tools = toolsHere();
const missing = requireParts({ synapse: tools.synapsePython, nginx: tools.nginx });

const aliasPath = '/_matrix/client/v3/directory/room/{roomAlias}';
const devicesPath = '/_matrix/client/v3/devices';
const fieldPath = '/_matrix/client/v3/profile/{userId}/{keyName}';
const addressesPath = '/_matrix/client/v3/account/3pid';
const backedUpPath = '/_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}';

const unusedDevices = [
  `schema-violation GET ${devicesPath} → 200`,
  `schema-violation GET ${devicesPath}/{deviceId} → 200`,
];
const namelessDevice = ['schema-violation GET /_matrix/client/v3/admin/whois/{userId} → 200'];
const nullPictures = ['schema-violation POST /_matrix/client/v3/user_directory/search → 200'];

const stateKeyPath = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}';
const nullInMember = (where: string) => `event-violation ${where}: m.room.member`;
const templateOf = (step: 'join' | 'leave' | 'knock') =>
  `schema-violation GET /_matrix/federation/v1/make_${step}/{roomId}/{userId} → 200`;

const recorded = createRecordings();

await provesFamily({
  family: 'conformance',
  variant: asAnyFamily(createConformanceFamily(recorded.equip, provenAtOnce)),
  candidate: { name: 'process', provider: processProvider, tools, missing },
  deviations: {
    // Synapse 1.163.2 looks whether the room exists before it looks who is asking.
    'conformance.disc.no-token': [`operation-without-token PUT ${aliasPath}`],
    'conformance.disc.bad-token': [`operation-with-bad-token PUT ${aliasPath}`],
    // Synapse 1.163.2 answers null for devices that were never used, where the specification has the keys left out.
    'conformance.dev.dev-list': unusedDevices,
    'conformance.dev.dev-unused': unusedDevices,
    // Synapse 1.163.2 refuses changes of foreign profiles with 400, where the specification has 403.
    'conformance.acct.prof-avatar': [`foreign-refusal PUT ${fieldPath}`],
    'conformance.acct.prof-custom': [`foreign-refusal DELETE ${fieldPath}`],
    'conformance.acct.prof-displayname': [`foreign-refusal PUT ${fieldPath}`],
    'conformance.disc.foreign-token': [
      `foreign-refusal-unclear DELETE ${fieldPath}`,
      `foreign-refusal-unclear PUT ${fieldPath}`,
    ],
    // Synapse 1.163.2 answers 200 for a name or picture that is not set, where the specification has 404.
    'conformance.acct.prof-unset': [`unset-picture GET ${fieldPath}`],
    // Synapse 1.163.2 without a relay for calls answers {}, where the specification requires four keys.
    'conformance.acct.turn': ['schema-violation GET /_matrix/client/v3/voip/turnServer → 200'],
    // Synapse 1.163.2 lists what was done without a device under the empty key, which identifies no device.
    'conformance.acct.whois': namelessDevice,
    'conformance.acct.whois-admin': namelessDevice,
    // Synapse 1.163.2 lets an unreachable identity server end in an inner error.
    'conformance.acct.threepid-identity': [`server-error POST ${addressesPath}/bind → 500`],
    // Synapse 1.163.2 refuses an unproven address with 400, where the specification has 403.
    'conformance.acct.threepid-legacy': [`refusal-status POST ${addressesPath}`],
    // Synapse 1.163.2 refuses a used refresh token with 403, where the specification has 401.
    'conformance.login.login-refresh': ['old-token-refusal POST /_matrix/client/v3/refresh'],
    // Synapse 1.163.2 gives no errcode for an unknown protocol; every error has one.
    'conformance.directory.thirdparty': [
      'schema-violation GET /_matrix/client/v3/thirdparty/protocol/{protocol} → 404',
    ],
    // Synapse 1.163.2 answers null for pictures that are not set, where the specification has a string or no key.
    'conformance.directory.userdir': nullPictures,
    'conformance.directory.userdir-policy': nullPictures,
    'conformance.memb.joined-members': ['schema-violation GET /_matrix/client/v3/rooms/{roomId}/joined_members → 200'],
    // Synapse 1.163.2 answers null for the profile tag of a notification without one.
    'conformance.push.notifications-api': ['schema-violation GET /_matrix/client/v3/notifications → 200'],
    // Synapse 1.163.2 compares the keys one criterion at a time, so that one better criterion outweighs worse ones before it.
    'conformance.keys.backup-replace-rule': [
      `later-start-taken GET ${backedUpPath}`,
      `unverified-taken GET ${backedUpPath}`,
    ],
    // Synapse 1.163.2 names the version it was asked for as the current one, and stumbles over a backup without a description.
    'conformance.keys.backup-version': [
      `current-version-missing PUT ${backedUpPath}`,
      'incomplete-not-refused POST /_matrix/client/v3/room_keys/version',
      'server-error POST /_matrix/client/v3/room_keys/version → 500',
    ],
    // Synapse 1.163.2 stumbles over a list where an object of one-time keys belongs.
    'conformance.keys.keys-validate': [
      'list-not-refused POST /_matrix/client/v3/keys/upload',
      'server-error POST /_matrix/client/v3/keys/upload → 500',
    ],
    // The settings of the BundesMessenger leave the old addresses of files open, against requirement DS-11.
    'conformance.media.media-legacy-closed': [
      'served-without-login GET /_matrix/media/v3/download/{serverName}/{mediaId}',
      'served-without-login GET /_matrix/media/v3/download/{serverName}/{mediaId}/{fileName}',
      'served-without-login GET /_matrix/media/v3/thumbnail/{serverName}/{mediaId}',
    ],
    // Synapse 1.163.2 stumbles over a server name that is none.
    'conformance.media.media-traversal': [
      'server-error GET /_matrix/media/v3/download/%2Fetc%2Fpasswd/abc → 500',
      'server-error GET /_matrix/media/v3/download/..%5C..%5Cetc%5Cpasswd/abc → 500',
    ],
    // Synapse 1.163.2 stumbles over an IPv6 address in the address of a page.
    'conformance.media.preview-safe': ['server-error GET /_matrix/client/v1/media/preview_url → 500'],
    // Synapse 1.163.2 names null as the type of the event where it tells a push gateway of a number alone.
    'conformance.push.push-badge': ['request-violation POST /_matrix/push/v1/notify'],
    // Synapse 1.163.2 asks no service who its accounts and aliases are in the other network.
    'conformance.as.as-thirdparty-reverse': [
      'user-unknown GET /_matrix/client/v3/thirdparty/user',
      'location-unknown GET /_matrix/client/v3/thirdparty/location',
    ],
    // Synapse 1.163.2 forgets rooms on leaving when it is set so, and does not announce it under the name of the specification.
    'conformance.memb.forget': ['forgotten-silently GET /_matrix/client/v3/sync'],
    // Synapse 1.163.2 takes both parameters as conditions to be met together, where the specification has either.
    'conformance.memb.members-list': ['combination-differs GET /_matrix/client/v3/rooms/{roomId}/members'],
    // Synapse 1.163.2 looks at the path of a push gateway alone, where the specification demands HTTPS.
    'conformance.push.pusher-crud': [
      'unencrypted-gateway-accepted POST /_matrix/client/v3/pushers/set',
      'unencrypted-gateway-accepted POST /_matrix/client/v3/pushers/set',
    ],
    // Synapse 1.163.2 leaves out of templates for events who proposes them, which the specification requires.
    // It writes null for the picture that is not set into the event of a join over federation.
    'conformance.fed.fed-acl': [
      templateOf('join'),
      templateOf('knock'),
      templateOf('leave'),
      nullInMember('GET /_matrix/federation/v1/state/{roomId} → 200'),
      nullInMember('GET /_matrix/federation/v1/backfill/{roomId} → 200'),
      nullInMember('POST /_matrix/federation/v1/get_missing_events/{roomId} → 200'),
      nullInMember('GET /_matrix/federation/v1/event_auth/{roomId}/{eventId} → 200'),
    ],
    'conformance.fed.fed-auth-chain': [templateOf('join')],
    'conformance.fed.fed-backfill': [
      templateOf('join'),
      nullInMember('GET /_matrix/client/v3/rooms/{roomId}/messages → 200'),
    ],
    'conformance.fed.fed-banned-join': [templateOf('join')],
    'conformance.fed.fed-devicelist': [templateOf('join'), templateOf('leave')],
    'conformance.fed.fed-edu-spoof': [templateOf('join')],
    'conformance.fed.fed-join': [
      templateOf('join'),
      nullInMember('GET /_matrix/client/v3/rooms/{roomId}/members → 200'),
    ],
    'conformance.fed.fed-join-guards': [templateOf('join'), templateOf('knock')],
    'conformance.fed.fed-leave': [templateOf('join'), templateOf('leave')],
    'conformance.fed.fed-missing': [templateOf('join')],
    'conformance.fed.fed-pl-takeover': [templateOf('join')],
    'conformance.fed.fed-redaction': [templateOf('join')],
    'conformance.fed.fed-room-across': [nullInMember(`GET ${stateKeyPath} → 200`)],
    'conformance.fed.fed-soft-fail': [templateOf('join')],
    'conformance.fed.fed-state': [templateOf('join')],
    'conformance.fed.fed-todevice-across': [nullInMember('GET /_matrix/client/v3/sync → 200')],
    'conformance.fed.fed-version-gate': [templateOf('join')],
    // Synapse 1.163.2 refuses transactions that are too large without an error code; every error has one.
    'conformance.fed.fed-send': [templateOf('join'), 'schema-violation PUT /_matrix/federation/v1/send/{txnId} → 400'],
    // Synapse 1.163.2 demands a time that may be left out, and asks no unknown homeserver for all of its keys.
    'conformance.fed.fed-notary': [
      'all-not-fetched GET /_matrix/key/v2/query/{serverName}',
      'time-demanded POST /_matrix/key/v2/query',
    ],
    // Synapse 1.163.2 makes a join of whatever membership a template proposes, and stumbles over one of another type.
    'conformance.fed.fed-join-verify': [
      'other-membership-used POST /_matrix/client/v3/join/{roomIdOrAlias}',
      'schema-violation GET /_matrix/client/v3/rooms/{roomId}/joined_members → 200',
      'server-error POST /_matrix/client/v3/join/{roomIdOrAlias} → 500',
    ],
    // Synapse 1.163.2 stumbles over names of homeservers that are none where files are asked for.
    'conformance.fed.fed-name-grammar-people': [
      'downloaded GET /_matrix/client/v1/media/download/{serverName}/{mediaId}',
      'downloaded GET /_matrix/client/v1/media/download/{serverName}/{mediaId}',
      'downloaded GET /_matrix/client/v1/media/download/{serverName}/{mediaId}',
      'downloaded GET /_matrix/client/v1/media/download/{serverName}/{mediaId}',
      'downloaded GET /_matrix/client/v1/media/download/{serverName}/{mediaId}',
      'server-error GET /_matrix/client/v1/media/download/{serverName}/{mediaId} → 500',
    ],
    'conformance.memb.restricted-across': [nullInMember(`GET ${stateKeyPath} → 200`)],
    'conformance.memb.restricted-server': [nullInMember(`GET ${stateKeyPath} → 200`)],
    // Synapse 1.163.2 shows the event that created an excluded room of version 12, for it carries no room id to filter by.
    'conformance.sync.sync-filter': ['excluded-room-there GET /_matrix/client/v3/sync'],
    // Synapse 1.163.2 mixes presence into the old stream without sender, id and time, which every event there has.
    'conformance.sync.sync-legacy': [
      'event-violation GET /_matrix/client/v3/events → 200: m.presence',
      'schema-violation GET /_matrix/client/v3/events → 200',
    ],
    // Synapse 1.163.2 on PostgreSQL: of two claims for the same key the later finds it gone and takes no other.
    ...(tools.postgresBin !== undefined && { 'conformance.keys.keys-claim-crowd': [`empty-handed POST ${claimPath}`] }),
  },
  andThen: (proofs) => {
    test('every operation of the client-server API is exercised or declared', async () => {
      const exercises = [...proofs().values()].flatMap(({ control }) => control.exercised ?? []);
      const coverage = coverageOf(readOperationFacts('client-server'), exercises, await readDeclarations());
      expect(coverage).toHaveLength(164);
      expect(coverage.filter(({ state }) => state === 'unexplained')).toEqual([]);
    });

    test('of falsified recordings 95 % are noticed where the specification speaks against them', async () => {
      const recordings = [...proofs().values()].flatMap(
        ({ check, control }) => recorded.of(check, control.outcome) ?? [],
      );
      const { report } = await proveRecordings({ recordings, budget: 24_000, seed: 1, write: () => {} });
      expect(report.mutants).toBeGreaterThanOrEqual(20_000);
      expect(report.constrained.rate).toBeGreaterThanOrEqual(0.95);
      expect(report.excluded.share).toBeLessThanOrEqual(0.25);
      const { blind, notReplayable, broken } = report;
      expect({ blind, notReplayable, broken }).toEqual({ blind: [], notReplayable: [], broken: {} });
      expect(report.byKind['badBody']).toMatchObject({ survived: 0, broken: 0 });
      expect(report.survivors.filter(({ why }) => why === undefined)).toEqual([]);
    });
  },
});

// With SQLite Synapse serves everybody, so that the check can be seen both ways.
describe.skipIf(missing !== undefined)('a crowd that claims keys from a homeserver with SQLite', () => {
  async function conclude(defect?: HttpDefect) {
    const { postgresBin: _postgres, ...withSqlite } = tools;
    await using deployment = await deploy({ name: 'SQLite', provider: processProvider, tools: withSqlite });
    await using runtime = await conformanceFamily.open(deployment.bench);
    const { signal } = new AbortController();
    const how = { runtime, check: crowdCheck, seed: 'crowd', clock: systemClock, signal, createAbort };
    const { outcome } = await runCheck({ ...how, ...(defect && { defect }) });
    return outcome;
  }

  test('is served', async () => {
    expect(await conclude()).toMatchObject({ kind: 'passed' });
  });

  test('is not served when a single one comes away empty-handed', async () => {
    const defect = { when: { path: claimPath }, alter: onlyNth(100, setting(['one_time_keys'], {})) };
    expect(await conclude(defect)).toMatchObject({ kind: 'failed', findings: [{ code: 'empty-handed' }] });
  });
});
