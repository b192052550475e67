import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import {
  type HistoryVisibility,
  historyCounterexamples,
  historyFindings,
  historyState,
  leakingHistory,
} from '../../lib/history.ts';
import { premise } from '../../lib/premise.ts';
import { setState } from '../../lib/state-requests.ts';

const code = 'boundary-ignored';
const title = 'Eine geänderte Sichtbarkeit des Verlaufs wirkt nicht genau ab der Änderung';

// Opening the history does not open what was said under the stricter rule, and closing it takes nothing back.
// https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.history-boundary',
    title: 'Eine neue Regel für den Verlauf gilt erst für spätere Nachrichten',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-history-visibility'),
  },
  counterexamples: [
    ...historyCounterexamples(code),
    { title: 'Die offenere Regel gilt rückwirkend', defect: leakingHistory, expectFinding: code },
  ],
  async run(tools) {
    const host = await tools.user('alice');
    const guest = await tools.user('bob');
    const initial_state = [historyState('joined')];
    const roomId = await tools.room(host, { preset: 'private_chat', initial_state });
    const change = async (visibility: HistoryVisibility) => {
      const { type, content } = historyState(visibility);
      premise(await setState(tools.request, host, { roomId, eventType: type }, content));
    };
    const strict = await tools.sendProbe(host, roomId);
    await change('shared');
    const shared = await tools.sendProbe(host, roomId);
    await change('joined');
    const strictAgain = await tools.sendProbe(host, roomId);
    await tools.join(roomId, host, guest);
    const member = await tools.sendProbe(host, roomId);
    const eventIds = [strict, shared, strictAgain, member];
    const findings = await historyFindings(tools, { roomId, guest, eventIds }, { visible: [2, 4], code, title });
    return outcomeOf(
      findings,
      'Sichtbar ist genau, was unter der offeneren Regel oder nach dem Beitritt gesendet wurde',
    );
  },
});
