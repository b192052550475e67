import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import type { Alteration } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { membershipAs, membershipSteps } from '../../lib/membership.ts';
import { PremiseError, premise, premiseString } from '../../lib/premise.ts';
import { expectForbidden } from '../../lib/refusals.ts';
import { essencesOf, memberEvents, readState } from '../../lib/room-state.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { hasEvent, timelineOf } from '../../lib/sync.ts';
import { inlineFilter, roomsOnly } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/rooms/{roomId}/members';

// The members of a room can be listed by what they are to it, now and at an earlier point, and only by who belongs to it.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientv3roomsroomidmembers
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.members-list',
    title: 'Die Mitglieder eines Raums lassen sich nach ihrem Stand und zu einem früheren Zeitpunkt auflisten',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientv3roomsroomidmembers'),
  },
  counterexamples: [
    {
      title: 'Ein Mitglied fehlt',
      defect: { when: { path }, alter: onQuery('', (chunk) => chunk.slice(1)) },
      expectFinding: 'members-differ',
    },
    {
      title: 'Die Liste nennt eine andere Person als Absender',
      defect: {
        when: { path },
        alter: onQuery('', (chunk) => chunk.map((event) => withValueAt(event, ['sender'], '@fremd:example.org'))),
      },
      expectFinding: 'events-differ',
    },
    {
      title: 'Die Auswahl nach einem Stand wirkt nicht',
      defect: { when: { path }, alter: onQuery('membership=invite', () => []) },
      expectFinding: 'choice-differs',
    },
    {
      title: 'Das Ausschließen eines Stands wirkt nicht',
      defect: { when: { path }, alter: onQuery('not_membership=leave', (chunk) => [...chunk, ...chunk]) },
      expectFinding: 'exclusion-differs',
    },
    {
      title: 'Der frühere Zeitpunkt wird übergangen',
      defect: { when: { path }, alter: onQuery('at=', (chunk) => chunk.slice(1)) },
      expectFinding: 'past-differs',
    },
    {
      title: 'Auch Fremde sehen die Mitglieder',
      defect: {
        when: { path },
        alter: (answer) => (answer.status === 403 ? { ...answer, status: 200, json: { chunk: [] } } : answer),
      },
      expectFinding: 'stranger-reads',
    },
  ],
  async run(tools) {
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const { invite, leave } = membershipSteps(tools.request);
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    await tools.join(roomId, alice, bob);
    const at = await pointNow(tools, alice, roomId);
    premise(await leave(bob, roomId));
    const list = (session: Session, query = {}) => tools.request('GET', path, { params: { roomId }, session, query });
    const stranger = await list(carol);
    premise(await invite(alice, roomId, carol));
    await membershipAs(tools, alice, { roomId, whom: carol, wanted: 'invite' });
    const now = { [alice.userId]: 'join', [bob.userId]: 'leave', [carol.userId]: 'invite' };
    const asked = [
      { query: {}, wanted: now, code: 'members-differ', what: 'alle' },
      {
        query: { membership: 'invite' },
        wanted: { [carol.userId]: 'invite' },
        code: 'choice-differs',
        what: 'Eingeladene',
      },
      {
        query: { not_membership: 'leave' },
        wanted: { [alice.userId]: 'join', [carol.userId]: 'invite' },
        code: 'exclusion-differs',
        what: 'alle außer Gegangenen',
      },
      {
        query: { membership: 'join', not_membership: 'leave' },
        wanted: { [alice.userId]: 'join', [carol.userId]: 'invite' },
        code: 'combination-differs',
        what: 'Beigetretene oder nicht Gegangene',
      },
      {
        query: { at, membership: 'join' },
        wanted: { [alice.userId]: 'join', [bob.userId]: 'join' },
        code: 'past-differs',
        what: 'Mitglieder zu einem früheren Zeitpunkt',
      },
    ];
    const answers = await Promise.all(asked.map(async (one) => ({ ...one, answer: await list(alice, one.query) })));
    const state = await readState(tools.request, alice, roomId);
    const all = answers[0]?.answer ?? stranger;
    return outcomeOf(
      [
        ...expectEqual(
          all,
          { wanted: essencesOf(memberEvents(state.json)), got: essencesOf(arrayAt(all.json, ['chunk'])) },
          {
            code: 'events-differ',
            title: 'Die Liste der Mitglieder nennt andere Ereignisse als der Zustand des Raums',
          },
        ),
        ...answers.flatMap(({ answer, wanted, code, what }) =>
          expectEqual(
            answer,
            { wanted: Object.entries(wanted).toSorted(), got: membershipsIn(answer) },
            { code, title: `Die Liste der Mitglieder stimmt nicht (${what})` },
          ),
        ),
        ...expectForbidden(stranger, { code: 'stranger-reads', title: 'Fremde können die Mitglieder abrufen' }),
      ],
      'Alle, nach Stand, ohne einen Stand, nach einem oder ohne einen anderen, früher; Fremde 403',
    );
  },
});

/** A point in the history of the room, right before an event sent for it. */
async function pointNow(tools: Tools, session: Session, roomId: string): Promise<string> {
  const eventId = await tools.sendProbe(session, roomId);
  const sync = await syncedTo(tools, session, {
    query: inlineFilter({ ...roomsOnly, room: { timeline: { limit: 1 } } }),
    until: (json) => hasEvent(timelineOf(json, roomId), eventId),
  });
  if (!hasEvent(timelineOf(sync.json, roomId), eventId)) {
    throw new PremiseError('Vorbedingung nicht erreicht: Ein gesendetes Ereignis erscheint nicht in /sync.');
  }
  return premiseString(sync, ['rooms', 'join', roomId, 'timeline', 'prev_batch']);
}

const membershipsIn = ({ json }: Answer) =>
  arrayAt(json, ['chunk'])
    .map((event) => [valueAt(event, ['state_key']), stringAt(event, ['content', 'membership'])])
    .toSorted();

function onQuery(part: string, change: (chunk: readonly unknown[]) => readonly unknown[]): Alteration {
  return (answer, { query }) => {
    const isMeant = part === '' ? query === '' : query.startsWith(part) && !query.includes('&not');
    const at = ['chunk'];
    return isMeant && answer.status === 200
      ? { ...answer, json: withValueAt(answer.json, at, change(arrayAt(answer.json, at))) }
      : answer;
  };
}
