import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import type { Alteration } from '../../lib/defect.ts';
import { arrayAt, objectAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { syncOnce } from '../../lib/sync.ts';
import { inlineFilter, roomsOnly } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const messagesPath = '/_matrix/client/v3/rooms/{roomId}/messages';

// Everybody named when a room is made is invited, and learns whether it is meant as a direct conversation.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom
export const check = conformanceCheck({
  meta: {
    id: 'conformance.create.create-invites',
    title: 'Beim Anlegen eines Raums werden alle Genannten eingeladen, auch in ein Zwiegespräch',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('direct-messaging'),
  },
  counterexamples: [
    {
      title: 'Nur die erste Person wird eingeladen',
      defect: { when: { path: messagesPath }, alter: withInvites((events) => events.slice(0, 1)) },
      expectFinding: 'not-all-invited',
    },
    {
      title: 'Die Einladung verschweigt, dass es ein Zwiegespräch ist',
      defect: { when: { path: messagesPath }, alter: withInvites(marking(false)) },
      expectFinding: 'direct-lost',
    },
    {
      title: 'Jede Einladung gilt als Zwiegespräch',
      defect: { when: { path: messagesPath }, alter: withInvites(marking(true)) },
      expectFinding: 'direct-made-up',
    },
    {
      title: 'Die Eingeladenen erfahren nichts',
      defect: {
        when: { path: '/_matrix/client/v3/sync' },
        alter: (answer) => ({ ...answer, json: withValueAt(answer.json, ['rooms'], {}) }),
      },
      expectFinding: 'not-told',
    },
  ],
  async run(tools) {
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const invite = [bob.userId, carol.userId];
    const direct = await tools.room(alice, { preset: 'private_chat', invite, is_direct: true });
    const group = await tools.room(alice, { preset: 'private_chat', invite });
    const history = (roomId: string) => invitesOf(tools, alice, roomId, invite.length);
    const [inDirect, inGroup] = [await history(direct), await history(group)];
    const told = await toldOf(tools, bob, direct);
    return outcomeOf(
      [
        ...[inDirect, inGroup].flatMap((answer) =>
          expectEqual(
            answer,
            {
              wanted: invite.map((userId) => [alice.userId, userId]).toSorted(),
              got: invitesIn(answer.json).map(namesOf).toSorted(),
            },
            { code: 'not-all-invited', title: 'Nicht alle beim Anlegen Genannten werden eingeladen' },
          ),
        ),
        ...expectEqual(
          inDirect,
          { wanted: [true, true], got: invitesIn(inDirect.json).map(isDirect) },
          { code: 'direct-lost', title: 'Die Einladung nennt das Zwiegespräch nicht' },
        ),
        ...expectEqual(
          inGroup,
          { wanted: [false, false], got: invitesIn(inGroup.json).map(isDirect) },
          { code: 'direct-made-up', title: 'Die Einladung in eine Gruppe gilt als Zwiegespräch' },
        ),
        // Some deployments accept invitations to direct conversations in the name of the invited.
        ...expectThat(told, knows(told.json, direct), {
          code: 'not-told',
          title: 'Eingeladene erfahren nichts von ihrer Einladung',
          expected: 'der Raum unter den Einladungen oder, sofort angenommen, unter den Räumen',
          observed: 'der Raum kommt nicht vor',
        }),
      ],
      'Beide Genannten eingeladen, das Zwiegespräch als solches bezeichnet und nur dieses',
    );
  },
});

/** The invitations in the history: the present membership may already be another. */
function invitesOf({ request, poll }: Tools, reader: Session, roomId: string, count: number): Promise<Answer> {
  const query = { dir: 'b', limit: '50' };
  return poll({
    ask: async () => premise(await request('GET', messagesPath, { params: { roomId }, session: reader, query })),
    until: ({ json }) => invitesIn(json).length === count,
    deadlineMs: settlingMs,
  });
}

function toldOf({ request, poll }: Tools, reader: Session, roomId: string): Promise<Answer> {
  return poll({
    ask: async () => premise(await syncOnce(request, reader, { timeout: 0, query: inlineFilter(roomsOnly) })),
    until: ({ json }) => knows(json, roomId),
    deadlineMs: settlingMs,
  });
}

const knows = (sync: unknown, roomId: string): boolean =>
  ['invite', 'join'].some((section) => Object.hasOwn(objectAt(sync, ['rooms', section]), roomId));

const isInvite = (event: unknown): boolean =>
  valueAt(event, ['type']) === 'm.room.member' && valueAt(event, ['content', 'membership']) === 'invite';

const invitesIn = (messages: unknown): readonly unknown[] => arrayAt(messages, ['chunk']).filter(isInvite);

/** Who invites, and whom. */
const namesOf = (event: unknown) => [valueAt(event, ['sender']), valueAt(event, ['state_key'])];

const isDirect = (event: unknown): boolean => valueAt(event, ['content', 'is_direct']) === true;

function withInvites(change: (invites: readonly unknown[]) => readonly unknown[]): Alteration {
  return (answer) => {
    const others = arrayAt(answer.json, ['chunk']).filter((event) => !isInvite(event));
    return { ...answer, json: withValueAt(answer.json, ['chunk'], [...others, ...change(invitesIn(answer.json))]) };
  };
}

function marking(direct: boolean) {
  return (invites: readonly unknown[]) => invites.map((event) => withValueAt(event, ['content', 'is_direct'], direct));
}
