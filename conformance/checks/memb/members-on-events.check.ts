import { inconclusive, notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, setting } from '../../lib/defect.ts';
import { arrayAt, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { advertises } from '../../lib/spec-versions.ts';
import { hasEvent } from '../../lib/sync.ts';
import { probeType } from '../../lib/tools.ts';

const path = '/_matrix/client/v3/rooms/{roomId}/messages';

// The edition that put the reader's membership on events.
const membershipSince = '1.11';

// Every event says what its reader was to the room when it was sent: clients tell by it what they could have decrypted.
// https://spec.matrix.org/v1.19/client-server-api/#room-event-format
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.members-on-events',
    title: 'An Ereignissen steht, ob die lesende Person damals Mitglied war',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-event-format'),
  },
  counterexamples: [
    {
      title: 'Die lesende Person gilt immer als Mitglied',
      defect: { when: { path }, alter: marking(() => 'join') },
      expectFinding: 'membership-differs',
    },
    {
      title: 'Der Verlauf steht in anderer Reihenfolge',
      defect: {
        when: { path },
        alter: (answer, seen) => setting(['chunk'], arrayAt(answer.json, ['chunk']).toReversed())(answer, seen),
      },
      expectFinding: 'order-differs',
    },
    {
      title: 'Die Einladung wird verschwiegen',
      defect: { when: { path }, alter: marking((membership) => (membership === 'invite' ? 'leave' : membership)) },
      expectFinding: 'membership-differs',
    },
  ],
  async run({ request, target, user, room, sendProbe, poll }) {
    if (!advertises(target, membershipSince))
      return notApplicable('Der Server nennt keine Spezifikation ab v1.11, die das vorsieht.');
    const { invite, join } = membershipSteps(request);
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, { preset: 'private_chat' });
    const before = await sendProbe(alice, roomId);
    premise(await invite(alice, roomId, bob));
    const invited = await sendProbe(alice, roomId);
    premise(await join(bob, roomId));
    const joined = await sendProbe(alice, roomId);
    const query = { dir: 'b', limit: '50' };
    const messages = await poll({
      ask: async () => premise(await request('GET', path, { params: { roomId }, session: bob, query })),
      until: ({ json }) => hasEvent(arrayAt(json, ['chunk']), joined),
      deadlineMs: settlingMs,
    });
    const got = [before, invited, joined].map((eventId) => membershipAt(messages, eventId));
    // Servers should say it, they need not.
    if (got.every((one) => one === undefined))
      return inconclusive('Der Server nennt die Mitgliedschaft an keinem Ereignis.');
    return outcomeOf(
      [
        ...expectEqual(
          messages,
          { wanted: ['leave', 'invite', 'join'], got },
          { code: 'membership-differs', title: 'An Ereignissen steht eine falsche Mitgliedschaft der lesenden Person' },
        ),
        ...expectEqual(
          messages,
          { wanted: [joined, invited, before], got: probesIn(messages) },
          { code: 'order-differs', title: 'Der Verlauf steht nicht in der Reihenfolge, in der gesendet wurde' },
        ),
      ],
      'Vor der Einladung, als Eingeladene und als Mitglied jeweils richtig',
    );
  },
});

const probesIn = ({ json }: Answer): readonly unknown[] =>
  arrayAt(json, ['chunk'])
    .filter((event) => valueAt(event, ['type']) === probeType)
    .map((event) => valueAt(event, ['event_id']));

function membershipAt({ json }: Answer, eventId: string): string | undefined {
  const event = arrayAt(json, ['chunk']).find((one) => valueAt(one, ['event_id']) === eventId);
  return stringAt(event, ['unsigned', 'membership']);
}

function marking(change: (membership: string | undefined) => string | undefined): Alteration {
  const at = ['unsigned', 'membership'];
  return (answer) => ({
    ...answer,
    json: withValueAt(
      answer.json,
      ['chunk'],
      arrayAt(answer.json, ['chunk']).map((event) => withValueAt(event, at, change(stringAt(event, at)))),
    ),
  });
}
