import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { resolveAlias } from '../../lib/aliases.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, type HttpDefect, onlyNth, unchanged } from '../../lib/defect.ts';
import { joinVia } from '../../lib/join-across.ts';
import { arrayAt, stringAt, valueAt } from '../../lib/json.ts';
import { queryKeys, queryPath } from '../../lib/key-requests.ts';
import { expectError, expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { download } from '../../lib/media.ts';
import { inviteTemplate, joinByAliasTemplate, membershipSteps } from '../../lib/membership.ts';
import { profileTemplate } from '../../lib/profile.ts';
import { publicRoomsPath } from '../../lib/public-rooms.ts';
import { serverClause } from '../../lib/server-api.ts';
import { serverOf } from '../../lib/server-name.ts';
import type { Tools } from '../../lib/tools.ts';
import { hostRoom } from '../../peer/host-room.ts';
import { invitation, sendInvite } from '../../peer/invite.ts';
import { makeJoin, makeJoinPath } from '../../peer/join-room.ts';
import { openPeer, type Peer, sendPath } from '../../peer/peer.ts';

const federation = '/_matrix/federation/v1';
const keyQueryPath = '/_matrix/key/v2/query';

const askingForProfile: HttpDefect['besides'] = (_answer, { requestJson }) => {
  const userId = stringAt(requestJson, ['user_id']) ?? '';
  return { method: 'GET', url: `https://${serverOf(userId)}${federation}/query/profile?user_id=${userId}` };
};

// An authority decides with whom its homeserver speaks; whoever is not listed is neither answered nor asked.
// https://spec.matrix.org/v1.19/server-server-api/#authentication
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-allowlist',
    title: 'Mit einem Homeserver, der nicht freigegeben ist, spricht der Server in keiner Richtung',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('authentication'),
  },
  variant: 'selective',
  counterexamples: [
    {
      title: 'Ein nicht freigegebener Homeserver bekommt Auskunft über ein Profil',
      defect: { when: { path: `${federation}/query/profile` }, alter: answering(200, { displayname: 'Alice' }) },
      expectFinding: 'unlisted-answered',
    },
    {
      title: 'Ein nicht freigegebener Homeserver bekommt die Vorlage für einen Beitritt',
      defect: { when: { path: makeJoinPath }, alter: answering(200, { room_version: '12', event: {} }) },
      expectFinding: 'unlisted-answered',
    },
    {
      title: 'Nachrichten eines nicht freigegebenen Homeservers werden angenommen',
      defect: { when: { path: sendPath }, alter: answering(200, { pdus: {} }) },
      expectFinding: 'unlisted-answered',
    },
    {
      title: 'Der Beitritt zu einem Raum eines nicht freigegebenen Homeservers gelingt',
      defect: {
        when: { path: joinByAliasTemplate },
        alter: onlyNth(1, answering(200, { room_id: '!altered:example.org' })),
      },
      expectFinding: 'reached-unlisted',
    },
    {
      title: 'Eine Person eines nicht freigegebenen Homeservers lässt sich einladen',
      defect: { when: { path: inviteTemplate }, alter: answering(200, {}) },
      expectFinding: 'reached-unlisted',
    },
    {
      title: 'Schlüssel von Geräten auf einem nicht freigegebenen Homeserver werden genannt',
      defect: {
        when: { path: queryPath },
        alter: (answer, { requestJson }) => ({
          ...answer,
          json: { device_keys: valueAt(requestJson, ['device_keys']) },
        }),
      },
      expectFinding: 'keys-of-unlisted',
    },
    {
      title: 'Vor der Ablehnung einer Einladung wird der andere Homeserver gefragt',
      defect: { when: { path: inviteTemplate }, alter: unchanged, besides: askingForProfile },
      expectFinding: 'asked-unlisted',
    },
    {
      title: 'Auch der freigegebene Homeserver wird abgewiesen',
      defect: {
        when: { path: joinByAliasTemplate },
        alter: onlyNth(1, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })),
      },
      expectFinding: 'listed-refused',
    },
  ],
  async run(near) {
    const far = await near.variant('partner');
    const alice = await near.user('alice');
    const peer = await openPeer(near);
    const roomId = await near.room(alice, { preset: 'public_chat' });
    const findings = [
      ...(await inbound(peer, alice, roomId, near)),
      ...(await outbound(near, alice, roomId, peer)),
      ...(await listed(near, far, roomId)),
    ];
    return outcomeOf(
      findings,
      'Nicht Freigegebene werden weder beantwortet noch gefragt; der Freigegebene kommt herein',
    );
  },
});

async function inbound(peer: Peer, { userId }: Session, roomId: string, tools: Tools): Promise<Findings> {
  const mallory = peer.userId('mallory');
  const room = hostRoom(peer, { creator: mallory, version: '12', joinRule: 'invite' }, tools.random.word(12));
  const answers = [
    await peer.ask('GET', `${federation}/publicRooms`),
    await peer.ask('GET', `${federation}/query/profile`, { query: { user_id: userId } }),
    await peer.ask('GET', `${federation}/user/devices/{userId}`, { params: { userId } }),
    await peer.ask('POST', `${federation}/user/keys/query`, { body: { device_keys: { [userId]: [] } } }),
    await makeJoin(peer, { roomId, userId: mallory }),
    await sendInvite(peer, room, invitation(peer, room, { inviter: mallory, guest: userId })),
    await peer.send({}),
  ];
  return answers.flatMap((answer) =>
    expectError(
      answer,
      { status: 403, errcode: 'M_FORBIDDEN' },
      {
        code: 'unlisted-answered',
        title: 'Ein Homeserver, der nicht freigegeben ist, wird nicht abgewiesen',
      },
    ),
  );
}

async function outbound(tools: Tools, alice: Session, roomId: string, peer: Peer): Promise<Findings> {
  const { request, now } = tools;
  const { serverName } = peer;
  const mallory = peer.userId('mallory');
  const unknownRoom = `!${tools.random.word(12)}:${serverName}`;
  const attempts = [
    await joinVia(tools, alice, { roomId: unknownRoom, via: serverName }),
    await membershipSteps(request).invite(alice, roomId, { userId: mallory }),
    await request('GET', profileTemplate, { params: { userId: mallory }, session: alice }),
    await resolveAlias(request, alice, `#pruefstand:${serverName}`),
    await download(request, alice, { serverName, mediaId: tools.random.word(24) }),
    await request('GET', publicRoomsPath, { session: alice, query: { server: serverName } }),
  ];
  const keys = await queryKeys(request, alice, { [mallory]: [] });
  const wanted = { [`ed25519:${peer.identity.keyName}`]: { minimum_valid_until_ts: now() } };
  const vouched = await request('POST', keyQueryPath, { body: { server_keys: { [serverName]: wanted } } });
  const asked = peer.server.received.map(({ method, path }) => `${method} ${path}`);
  return [
    ...attempts.flatMap(expectNotReached),
    ...expectThat(keys, valueAt(keys.json, ['device_keys', mallory]) === undefined, {
      code: 'keys-of-unlisted',
      title: 'Schlüssel von Personen auf einem nicht freigegebenen Homeserver werden genannt',
      expected: 'keine',
      observed: 'einige',
    }),
    ...expectThat(vouched, arrayAt(vouched.json, ['server_keys']).length === 0, {
      code: 'vouches-for-unlisted',
      title: 'Der Server holt die Schlüssel eines nicht freigegebenen Homeservers',
      expected: 'keine',
      observed: 'einige',
    }),
    ...expectThat(vouched, asked.length === 0, {
      code: 'asked-unlisted',
      title: 'Der Server fragt einen Homeserver, der nicht freigegeben ist',
      expected: 'keine Anfrage',
      observed: asked.slice(0, 3).join(', '),
    }),
  ];
}

const expectNotReached = (answer: Answer): Findings =>
  expectThat(answer, answer.status >= 400, {
    code: 'reached-unlisted',
    title: 'Etwas gelingt, das einen Homeserver braucht, der nicht freigegeben ist',
    expected: 'eine Fehlermeldung',
    observed: `Status ${answer.status}`,
  });

async function listed(near: Tools, far: Tools, roomId: string): Promise<Findings> {
  const bob = await far.user('bob');
  const joined = await joinVia(far, bob, { roomId, via: near.target.serverName });
  return expectStatus(joined, 200, {
    code: 'listed-refused',
    title: 'Ein Homeserver, der freigegeben ist, wird abgewiesen',
  });
}
