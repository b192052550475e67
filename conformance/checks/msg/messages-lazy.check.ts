import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingList } from '../../lib/event-defects.ts';
import { arrayAt, stringAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { latestMessages, messagesTemplate, readMessages } from '../../lib/room-events.ts';
import { inlineFilter } from '../../lib/sync-sections.ts';

const when = { path: messagesTemplate };
const claims = {
  missing: { code: 'senders-missing', title: 'Zu einer Seite des Verlaufs fehlen Mitglieder, die dort sprechen' },
  needless: { code: 'others-sent', title: 'Zu einer Seite des Verlaufs kommen Mitglieder, die dort nicht sprechen' },
};

// Who loads members only when needed gets with a page exactly those who speak on it.
// https://spec.matrix.org/v1.19/client-server-api/#lazy-loading-room-members
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.messages-lazy',
    title: 'Eine Seite des Verlaufs bringt genau die Mitglieder mit, die auf ihr sprechen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('lazy-loading-room-members'),
  },
  counterexamples: [
    {
      title: 'Die Mitglieder fehlen',
      defect: { when, alter: changingList(['state'], () => []) },
      expectFinding: claims.missing.code,
    },
    {
      title: 'Ein Mitglied zu viel ist dabei',
      defect: {
        when,
        alter: changingList(['state'], (events) => [
          ...events,
          { type: 'm.room.member', state_key: '@fremd:example.org' },
        ]),
      },
      expectFinding: claims.needless.code,
    },
  ],
  async run(tools) {
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const roomId = await tools.room(alice);
    await tools.join(roomId, alice, bob);
    await tools.join(roomId, alice, carol);
    for (const speaker of [bob, alice, bob]) await tools.sendProbe(speaker, roomId);
    const eventId = await tools.sendProbe(alice, roomId);
    await latestMessages(tools, alice, { roomId, eventId });
    const page = async (limit: number) => {
      const query = { dir: 'b', limit: String(limit), ...inlineFilter({ lazy_load_members: true }) };
      return premise(await readMessages(tools.request, carol, roomId, query));
    };
    // Redundant members may be left out later, so the page with one speaker comes first.
    const [one, two] = [await page(1), await page(4)];
    const silent = (answer: Answer, speakers: readonly string[]) =>
      membersIn(answer).filter((member) => !speakers.includes(member));
    const got = [...new Set([...membersIn(one), ...membersIn(two)])].toSorted();
    return outcomeOf(
      [
        ...expectEqual(one, { wanted: [alice.userId], got: membersIn(one) }, claims.missing),
        ...expectEqual(two, { wanted: [alice.userId, bob.userId].toSorted(), got }, claims.missing),
        ...expectEqual(one, { wanted: [], got: silent(one, [alice.userId]) }, claims.needless),
        ...expectEqual(two, { wanted: [], got: silent(two, [alice.userId, bob.userId]) }, claims.needless),
      ],
      'Jede Seite bringt genau die Mitglieder mit, die auf ihr sprechen',
    );
  },
});

const membersIn = ({ json }: Answer): readonly string[] =>
  arrayAt(json, ['state']).flatMap((event) =>
    stringAt(event, ['type']) === 'm.room.member' ? (stringAt(event, ['state_key']) ?? []) : [],
  );
