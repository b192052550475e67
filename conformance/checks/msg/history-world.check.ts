import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { historyCounterexamples, historyFindings, historyState } from '../../lib/history.ts';
import { expectError } from '../../lib/match.ts';
import { messagesTemplate, sendProbes } from '../../lib/room-events.ts';

const anonymous = { code: 'read-without-token', title: 'Der Verlauf ist ganz ohne Anmeldung lesbar' };

// A history open to the world may be read by colleagues who never joined, but not without logging in.
// https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.history-world',
    title: 'Verlauf „world_readable“: ohne Beitritt lesbar, aber nicht ohne Anmeldung',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-history-visibility'),
  },
  counterexamples: [
    ...historyCounterexamples('history-world'),
    {
      title: 'Der Verlauf wird ohne Zugangsschlüssel ausgegeben',
      defect: {
        when: { path: messagesTemplate },
        alter: (answer, seen) =>
          seen.hasToken ? answer : answering(200, { start: 'altered', chunk: [] })(answer, seen),
      },
      expectFinding: anonymous.code,
    },
  ],
  async run(tools) {
    const host = await tools.user('alice');
    const guest = await tools.user('bob');
    const initial_state = [historyState('world_readable')];
    const roomId = await tools.room(host, { preset: 'private_chat', initial_state });
    const eventIds = await sendProbes(tools, host, roomId, 2);
    const findings = await historyFindings(
      tools,
      { roomId, guest, eventIds },
      {
        visible: [1, 2],
        code: 'history-world',
        title: 'Ein für alle Welt lesbarer Verlauf ist für Angemeldete ohne Beitritt nicht lesbar',
      },
    );
    const query = { dir: 'b' };
    const withoutToken = await tools.request('GET', messagesTemplate, { params: { roomId }, query });
    return outcomeOf(
      [...findings, ...expectError(withoutToken, { status: 401, errcode: 'M_MISSING_TOKEN' }, anonymous)],
      'Angemeldete lesen ohne Beitritt, ohne Anmeldung 401',
    );
  },
});
