import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { expectEqual, expectError, expectStatus, type Findings } from '../../lib/match.ts';
import { expectMalformed } from '../../lib/refusals.ts';
import { serverOf } from '../../lib/server-name.ts';

const eventTemplate = '/_matrix/client/v3/rooms/{roomId}/report/{eventId}';
const roomTemplate = '/_matrix/client/v3/rooms/{roomId}/report';
const userTemplate = '/_matrix/client/v3/users/{userId}/report';

// Abuse can be reported; the report is no way to find out what is said in rooms of others.
// https://spec.matrix.org/v1.19/client-server-api/#reporting-content
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.report-event',
    title: 'Missbrauch lässt sich melden, ohne dass Fremde dabei etwas über Räume erfahren',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('reporting-content'),
  },
  counterexamples: [
    {
      title: 'Ein Mitglied kann eine Nachricht nicht melden',
      defect: {
        when: { path: eventTemplate },
        alter: onlyNth(1, answering(404, { errcode: 'M_NOT_FOUND', error: 'altered' })),
      },
      expectFinding: 'member-refused',
    },
    {
      title: 'Die Ablehnung unterscheidet vorhandene und erfundene Nachrichten',
      defect: { when: { path: eventTemplate }, alter: onlyNth(2, setting(['error'], 'You are not in this room')) },
      expectFinding: 'existence-told',
    },
    {
      title: 'Eine Fremde wird anders als vorgesehen abgelehnt',
      defect: {
        when: { path: eventTemplate },
        alter: onlyNth(2, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })),
      },
      expectFinding: 'stranger',
    },
    {
      title: 'Ein Raum lässt sich nicht melden',
      defect: {
        when: { path: roomTemplate },
        alter: onlyNth(1, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })),
      },
      expectFinding: 'room-refused',
    },
    {
      title: 'Eine Person lässt sich nicht melden',
      defect: {
        when: { path: userTemplate },
        alter: onlyNth(1, answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })),
      },
      expectFinding: 'user-refused',
    },
    {
      title: 'Eine Meldung ohne jede Begründung wird angenommen',
      defect: { when: { path: userTemplate }, alter: onlyNth(3, answering(200, {})) },
      expectFinding: 'reasonless-accepted',
    },
  ],
  async run({ request, user, room, join, sendProbe, random }) {
    const alice = await user('alice');
    const bob = await user('bob');
    const stranger = await user('stranger');
    const roomId = await room(alice);
    await join(roomId, alice, bob);
    const eventId = await sendProbe(alice, roomId);
    const body = { reason: 'Prüfung der Meldestelle', score: -100 };
    const reportEvent = (session: Session, id: string) =>
      request('POST', eventTemplate, { params: { roomId, eventId: id }, session, body });
    const member = await reportEvent(bob, eventId);
    const foreign = await reportEvent(stranger, eventId);
    const invented = await reportEvent(stranger, `$${'A'.repeat(37)}${random.word(6)}`);
    const reportRoom = (id: string) =>
      request('POST', roomTemplate, { params: { roomId: id }, session: bob, body: { reason: body.reason } });
    const reportUser = (id: string) =>
      request('POST', userTemplate, { params: { userId: id }, session: bob, body: { reason: body.reason } });
    const server = serverOf(alice.userId);
    const rooms = [await reportRoom(roomId), await reportRoom(`!${random.word(18)}:${server}`)] as const;
    const users = [
      await reportUser(alice.userId),
      await reportUser(`@pruefstand-${random.word(12)}:${server}`),
    ] as const;
    const reasonless = await request('POST', userTemplate, {
      params: { userId: alice.userId },
      session: bob,
      body: {},
    });
    return outcomeOf(
      [
        ...expectMalformed(reasonless, {
          code: 'reasonless-accepted',
          title: 'Eine Meldung, in der die Begründung ganz fehlt, wird nicht als fehlerhaft abgelehnt',
        }),
        ...expectStatus(member, 200, {
          code: 'member-refused',
          title: 'Ein Mitglied kann eine Nachricht nicht melden',
        }),
        ...hiddenFindings(foreign, 'stranger', 'Die Meldung einer Fremden wird nicht wie vorgesehen beantwortet'),
        ...expectEqual(
          foreign,
          { wanted: [invented.status, invented.json], got: [foreign.status, foreign.json] },
          { code: 'existence-told', title: 'Die Antwort verrät Fremden, ob es eine Nachricht gibt' },
        ),
        ...expectStatus(rooms[0], 200, { code: 'room-refused', title: 'Ein Raum lässt sich nicht melden' }),
        ...hiddenFindings(rooms[1], 'unknown-room', 'Ein unbekannter Raum wird nicht wie vorgesehen beantwortet'),
        ...expectStatus(users[0], 200, { code: 'user-refused', title: 'Eine Person lässt sich nicht melden' }),
        ...hiddenFindings(users[1], 'unknown-user', 'Eine unbekannte Person wird nicht wie vorgesehen beantwortet'),
      ],
      `Nachricht, Raum und Person gemeldet; Fremde: ${foreign.status}, unbekannter Raum: ${rooms[1].status}, unbekannte Person: ${users[1].status}`,
    );
  },
});

/** A server may say that it knows nothing of it, or accept the report so as to say nothing. */
const hiddenFindings = (answer: Answer, code: string, title: string): Findings =>
  answer.status === 200 ? [] : expectError(answer, { status: 404, errcode: 'M_NOT_FOUND' }, { code, title });
