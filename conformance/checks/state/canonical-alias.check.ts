import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasFor, removeAlias, setAlias } from '../../lib/aliases.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { type Claim, expectError } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { acceptingEvent, expectAllowed, forbidding } from '../../lib/refusals.ts';
import { setState } from '../../lib/state-requests.ts';
import type { Tools } from '../../lib/tools.ts';

const path = /\/state\/m\.room\.canonical_alias$/;

// A room names only addresses that exist and lead into it.
// https://spec.matrix.org/v1.19/client-server-api/#mroomcanonical_alias
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.canonical-alias',
    title: 'Ein Raum kann nur Adressen als seine nennen, die es gibt und die zu ihm führen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('mroomcanonical_alias'),
  },
  counterexamples: [
    {
      title: 'Eine unbekannte Adresse wird angenommen',
      defect: { when: { path }, alter: onlyNth(1, acceptingEvent) },
      expectFinding: 'unknown-accepted',
    },
    {
      title: 'Die Adresse eines anderen Raums wird angenommen',
      defect: { when: { path }, alter: onlyNth(2, acceptingEvent) },
      expectFinding: 'foreign-accepted',
    },
    {
      title: 'Als weitere Adresse wird die eines anderen Raums angenommen',
      defect: { when: { path }, alter: onlyNth(3, acceptingEvent) },
      expectFinding: 'foreign-accepted',
    },
    {
      title: 'Etwas, das keine Adresse ist, wird angenommen',
      defect: { when: { path }, alter: onlyNth(4, acceptingEvent) },
      expectFinding: 'malformed-accepted',
    },
    {
      title: 'Die eigene Adresse wird abgelehnt',
      defect: { when: { path }, alter: onlyNth(5, forbidding) },
      expectFinding: 'own-refused',
    },
  ],
  async run(tools) {
    const { request, user, room } = tools;
    const alice = await user('alice');
    const [roomId, other] = [await room(alice, { preset: 'private_chat' }), await room(alice)];
    const [own, foreign] = [aliasFor(tools, roomId), aliasFor(tools, other)];
    await withAliases(tools, alice, { [own]: roomId, [foreign]: other });
    const set = (content: unknown) =>
      setState(request, alice, { roomId, eventType: 'm.room.canonical_alias' }, content);
    const unknown = await set({ alias: aliasFor(tools, roomId, 'unbekannt') });
    const foreigners = [await set({ alias: foreign }), await set({ alias: own, alt_aliases: [foreign] })];
    const malformed = await set({ alias: own, alt_aliases: ['keine Adresse'] });
    const accepted = await set({ alias: own, alt_aliases: [own] });
    for (const one of [own, foreign]) await removeAlias(request, alice, one);
    return outcomeOf(
      [
        ...expectError(unknown, badAlias, unknownAccepted),
        ...foreigners.flatMap((answer) => expectError(answer, badAlias, foreignAccepted)),
        ...expectError(malformed, { status: 400, errcode: 'M_INVALID_PARAM' }, malformedAccepted),
        ...expectAllowed(accepted, { code: 'own-refused', title: 'Eine Adresse, die zum Raum führt, wird abgelehnt' }),
      ],
      'Unbekannte, fremde und ungültige Adressen 400, die eigene 200',
    );
  },
});

const badAlias = { status: 400, errcode: 'M_BAD_ALIAS' };

const unknownAccepted: Claim = {
  code: 'unknown-accepted',
  title: 'Ein Raum kann eine Adresse nennen, die es nicht gibt',
};
const foreignAccepted: Claim = { code: 'foreign-accepted', title: 'Ein Raum kann die Adresse eines anderen nennen' };
const malformedAccepted: Claim = {
  code: 'malformed-accepted',
  title: 'Ein Raum kann als Adresse nennen, was keine ist',
};

async function withAliases(
  { request }: Tools,
  session: Session,
  aliases: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [roomAlias, roomId] of Object.entries(aliases))
    premise(await setAlias(request, session, { roomAlias, roomId }));
}
