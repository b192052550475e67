import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { historyCounterexamples, historyFindings, historyScene } from '../../lib/history.ts';
import { expectForbidden } from '../../lib/refusals.ts';
import { messagesTemplate, readMessages } from '../../lib/room-events.ts';

const stranger = { code: 'stranger-reads', title: 'Wer nicht im Raum ist, kann dessen Verlauf lesen' };

// A shared history is there for every member from the first message on, and for nobody else.
// https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.history-shared',
    title: 'Verlauf „shared“: Mitglieder sehen alles, Fremde nichts',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-history-visibility'),
  },
  counterexamples: [
    ...historyCounterexamples('history-shared'),
    {
      title: 'Der Verlauf ist auch für Fremde lesbar',
      defect: { when: { path: messagesTemplate }, alter: onlyNth(1, answering(200, { start: 's', chunk: [] })) },
      expectFinding: stranger.code,
    },
  ],
  async run(tools) {
    const scene = await historyScene(tools, 'shared');
    const outsider = await tools.user('carol');
    const refused = await readMessages(tools.request, outsider, scene.roomId, { dir: 'b' });
    const findings = await historyFindings(tools, scene, {
      visible: [1, 2, 3],
      code: 'history-shared',
      title: 'Der gemeinsame Verlauf ist für Mitglieder nicht ganz lesbar',
    });
    return outcomeOf(
      [...findings, ...expectForbidden(refused, stranger)],
      'Für Mitglieder ist alles lesbar, für Fremde nichts',
    );
  },
});
