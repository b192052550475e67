import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { historyCounterexamples, historyFindings, historyScene, leakingHistory } from '../../lib/history.ts';

// Whoever joined may read on from the invitation, and nothing before it.
// https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.history-invited',
    title: 'Verlauf „invited“: sichtbar von der Einladung an',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-history-visibility'),
  },
  counterexamples: [
    ...historyCounterexamples('history-invited'),
    { title: 'Der Verlauf von vor der Einladung ist lesbar', defect: leakingHistory, expectFinding: 'history-invited' },
  ],
  async run(tools) {
    const scene = await historyScene(tools, 'invited');
    const findings = await historyFindings(tools, scene, {
      visible: [2, 3],
      code: 'history-invited',
      title: 'Der Verlauf zeigt nicht genau, was seit der Einladung geschah',
    });
    return outcomeOf(findings, 'Sichtbar ist, was nach der Einladung gesendet wurde');
  },
});
