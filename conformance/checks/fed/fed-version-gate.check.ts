import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, removing } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectError, expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { joinByAliasTemplate } from '../../lib/membership.ts';
import { serverClause } from '../../lib/server-api.ts';
import { hostRoom } from '../../peer/host-room.ts';
import { invitation, invitePath } from '../../peer/invite.ts';
import { makeJoin, makeJoinPath } from '../../peer/join-room.ts';
import { makeKnock, makeKnockPath } from '../../peer/knock.ts';
import { openPeer } from '../../peer/peer.ts';

const version = '12';
const unknownVersion = 'de.pruefstand.unknown';
const template = answering(200, { room_version: version, event: {} });

// Nobody is let into a room whose rules they do not know, and nobody asks for it.
// https://spec.matrix.org/v1.19/server-server-api/#get_matrixfederationv1make_joinroomiduserid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-version-gate',
    title: 'In einen Raum kommt nur, wessen Homeserver dessen Fassung kennt',
    requirements: ['KO-05', 'SI-15'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: serverClause('get_matrixfederationv1make_joinroomiduserid'),
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Wer die Fassung nicht kennt, bekommt trotzdem eine Vorlage für den Beitritt',
      defect: { when: { path: makeJoinPath }, alter: onlyNth(1, template) },
      expectFinding: 'not-incompatible',
    },
    {
      title: 'Wer keine Fassung nennt, gilt als einer, der alle kennt',
      defect: { when: { path: makeJoinPath }, alter: onlyNth(2, template) },
      expectFinding: 'not-incompatible',
    },
    {
      title: 'Die Ablehnung nennt die Fassung des Raums nicht',
      defect: { when: { path: makeJoinPath }, alter: removing(['room_version']) },
      expectFinding: 'version-not-named',
    },
    {
      title: 'Wer die Fassung nicht kennt, darf anklopfen',
      defect: { when: { path: makeKnockPath }, alter: template },
      expectFinding: 'not-incompatible',
    },
    {
      title: 'Eine Einladung in einen Raum unbekannter Fassung wird angenommen',
      defect: { when: { path: invitePath }, alter: answering(200, { event: {} }) },
      expectFinding: 'unknown-version-taken',
    },
    {
      title: 'Der Beitritt zu einem Raum unbekannter Fassung scheint gelungen',
      defect: {
        when: { path: joinByAliasTemplate },
        alter: answering(200, { room_id: '!altered:example.org' }),
      },
      expectFinding: 'unknown-version-joined',
    },
  ],
  async run(tools) {
    const { request, random } = tools;
    const alice = await tools.user('alice');
    const peer = await openPeer(tools);
    const mallory = peer.userId('mallory');
    const roomId = await tools.room(alice, { preset: 'public_chat', room_version: version });
    const joining = { roomId, userId: mallory };
    const withOther = await makeJoin(peer, joining, ['11']);
    const withNone = await makeJoin(peer, joining, []);
    const knocking = await makeKnock(peer, joining, ['11']);
    const withRight = await makeJoin(peer, joining);
    const room = hostRoom(peer, { creator: mallory, version }, random.word(12));
    const { eventId, json } = invitation(peer, room, { inviter: mallory, guest: alice.userId });
    const invited = await peer.ask('PUT', invitePath, {
      params: { roomId: room.roomId, eventId },
      body: { room_version: unknownVersion, event: json, invite_room_state: [] },
    });
    using _incompatible = peer.server.answering(({ path }) => path.includes(`/make_join/${room.roomId}/`), {
      status: 400,
      json: { errcode: 'M_INCOMPATIBLE_ROOM_VERSION', error: 'Unknown', room_version: unknownVersion },
    });
    const via = peer.serverName;
    const params = { roomIdOrAlias: room.roomId };
    const join = await request('POST', joinByAliasTemplate, { params, session: alice, query: { via }, body: {} });
    return outcomeOf(
      [
        ...[withOther, withNone, knocking].flatMap(incompatible),
        ...expectStatus(withRight, 200, {
          code: 'right-refused',
          title: 'Wer die Fassung des Raums kennt, bekommt keine Vorlage für den Beitritt',
        }),
        ...expectThat(invited, isRefusal(invited), {
          code: 'unknown-version-taken',
          title: 'Eine Einladung in einen Raum, dessen Fassung der Server nicht kennt, wird nicht abgelehnt',
          expected: 'Status 400 mit errcode',
          observed: `Status ${invited.status} ${stringAt(invited.json, ['errcode']) ?? ''}`.trim(),
        }),
        ...expectThat(join, join.status >= 400, {
          code: 'unknown-version-joined',
          title: 'Der Beitritt zu einem Raum, dessen Fassung der Server nicht kennt, wird nicht abgelehnt',
          expected: 'eine Fehlermeldung',
          observed: `Status ${join.status}`,
        }),
      ],
      'Ohne Kenntnis der Fassung: 400 mit M_INCOMPATIBLE_ROOM_VERSION und Angabe der Fassung',
    );
  },
});

const isRefusal = ({ status, json }: Answer): boolean => status === 400 && stringAt(json, ['errcode']) !== undefined;

const incompatible = (answer: Answer): Findings => [
  ...expectError(
    answer,
    { status: 400, errcode: 'M_INCOMPATIBLE_ROOM_VERSION' },
    {
      code: 'not-incompatible',
      title: 'Wer die Fassung eines Raums nicht kennt, wird nicht mit diesem Grund abgewiesen',
    },
  ),
  ...expectEqual(
    answer,
    { wanted: version, got: stringAt(answer.json, ['room_version']) },
    { code: 'version-not-named', title: 'Die Ablehnung nennt die Fassung des Raums nicht' },
  ),
];
