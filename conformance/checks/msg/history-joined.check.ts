import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { historyCounterexamples, historyFindings, historyScene, leakingHistory } from '../../lib/history.ts';

// Where the history is for those who were there, newcomers see nothing of what was said before they came.
// https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.history-joined',
    title: 'Verlauf „joined“: Neue sehen nichts von vor ihrem Beitritt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-history-visibility'),
  },
  counterexamples: [
    ...historyCounterexamples('history-joined'),
    { title: 'Der Verlauf von vor dem Beitritt ist lesbar', defect: leakingHistory, expectFinding: 'history-joined' },
  ],
  async run(tools) {
    const scene = await historyScene(tools, 'joined');
    const findings = await historyFindings(tools, scene, {
      visible: [3],
      code: 'history-joined',
      title: 'Der Verlauf zeigt nicht genau, was seit dem Beitritt geschah',
    });
    return outcomeOf(findings, 'Sichtbar ist nur, was nach dem Beitritt gesendet wurde');
  },
});
