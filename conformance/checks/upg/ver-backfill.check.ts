import type { Session } from '../../../core/model/bench.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingList, reversing } from '../../lib/event-defects.ts';
import { joinVia } from '../../lib/join-across.ts';
import { expectEqual, type Findings } from '../../lib/match.ts';
import { joinByAliasTemplate } from '../../lib/membership.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { expectAllowed, forbidding } from '../../lib/refusals.ts';
import { chunkOf, idsAmong, messagesTemplate, numbersOf, readMessages } from '../../lib/room-events.ts';
import { roomVersions } from '../../lib/room-versions.ts';
import type { Tools } from '../../lib/tools.ts';

// Who enters a room later fetches what was said before from another homeserver, whatever its version.
// https://spec.matrix.org/v1.19/client-server-api/#mroom_versions-capability
export const check = conformanceCheck({
  meta: {
    id: 'conformance.upg.ver-backfill',
    title: 'In jeder angebotenen Raumversion liest ein später beigetretener Homeserver nach, was vorher gesagt wurde',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 120_000,
    spec: clause('mroom_versions-capability'),
    rows: ['ver-each'],
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Der Verlauf vor dem Beitritt steht verkehrt herum',
      defect: { when: { path: messagesTemplate }, alter: changingList(['chunk'], reversing) },
      expectFinding: 'history-missing',
    },
    {
      title: 'Über einen anderen Homeserver kommt niemand in den Raum',
      defect: { when: { path: joinByAliasTemplate }, alter: forbidding },
      expectFinding: 'not-joined',
    },
  ],
  async run(near) {
    const far = await near.variant('partner');
    const [alice, bob] = [await near.user('alice'), await far.user('bob')];
    const { offered } = await roomVersions(near.request, alice);
    if (offered.length === 0) return inconclusive('Der Server nennt keine Raumversion.');
    const findings: Findings[] = [];
    for (const version of offered) findings.push(await versionFindings({ near, far }, { version, alice, bob }));
    return outcomeOf(
      findings.flat(),
      `Vorheriges nachgelesen in allen ${offered.length} Versionen: ${offered.join(', ')}`,
    );
  },
});

interface Case {
  readonly version: string;
  readonly alice: Session;
  readonly bob: Session;
}

async function versionFindings(
  { near, far }: Readonly<Record<'near' | 'far', Tools>>,
  { version, alice, bob }: Case,
): Promise<Findings> {
  const roomId = await near.room(alice, { preset: 'public_chat', room_version: version });
  const sent = [await near.sendProbe(alice, roomId), await near.sendProbe(alice, roomId)];
  const joined = await joinVia(far, bob, { roomId, via: near.target.serverName });
  const claim = (code: string, what: string) => ({ code, title: `Raumversion ${version}: ${what}` });
  if (joined.status !== 200)
    return expectAllowed(joined, claim('not-joined', 'über einen anderen Homeserver kommt niemand in den Raum'));
  const history = await far.poll({
    ask: async () => premise(await readMessages(far.request, bob, roomId, { dir: 'b', limit: '20' })),
    until: (answer) => idsAmong(chunkOf(answer), sent).length === sent.length,
    deadlineMs: settlingMs,
  });
  return expectEqual(
    history,
    { wanted: [2, 1], got: numbersOf(idsAmong(chunkOf(history), sent), sent) },
    claim('history-missing', 'was vor dem Beitritt gesagt wurde, lässt sich nicht nachlesen'),
  );
}
