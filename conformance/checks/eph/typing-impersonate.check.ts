import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { changingRoomList } from '../../lib/event-defects.ts';
import { expectStatus, expectThat } from '../../lib/match.ts';
import { expectForbidden, expectRefused } from '../../lib/refusals.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { arrivalMs, syncStart } from '../../lib/sync-sections.ts';
import { setTyping, typingTemplate, typistsIn } from '../../lib/typing.ts';

const when = { path: typingTemplate };
const claims = {
  foreign: { code: 'foreign-typing', title: 'Für eine andere Person lässt sich eine Tippanzeige setzen' },
  stranger: { code: 'stranger-types', title: 'Wer nicht im Raum ist, kann dort eine Tippanzeige setzen' },
  own: { code: 'own-refused', title: 'Die eigene Tippanzeige wird verweigert' },
  shown: { code: 'foreign-shown', title: 'Eine untergeschobene Tippanzeige wird angezeigt' },
};

// Nobody can make somebody else appear to type, and nobody types in a room without being there.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3roomsroomidtypinguserid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.eph.typing-impersonate',
    title: 'Niemand kann eine Tippanzeige für andere setzen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('put_matrixclientv3roomsroomidtypinguserid'),
  },
  counterexamples: [
    {
      title: 'Die fremde Anzeige wird angenommen',
      defect: { when, alter: onlyNth(1, answering(200, {})) },
      expectFinding: claims.foreign.code,
    },
    {
      title: 'Fremde schreiben im Raum',
      defect: { when, alter: onlyNth(2, answering(200, {})) },
      expectFinding: claims.stranger.code,
    },
    {
      title: 'Niemand darf schreiben',
      defect: { when, alter: answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' }) },
      expectFinding: claims.own.code,
    },
    {
      title: 'Alle scheinen zu schreiben',
      defect: {
        when: { path: syncTemplate },
        alter: changingRoomList(['ephemeral', 'events'], () => [
          { type: 'm.typing', content: { user_ids: ['@alice:example.org', '@bob:example.org'] } },
        ]),
      },
      expectFinding: claims.shown.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    await tools.join(roomId, alice, bob);
    const since = await syncStart(tools, alice);
    const foreign = await setTyping(request, bob, { roomId, typing: true, userId: alice.userId });
    const stranger = await setTyping(request, carol, { roomId, typing: true });
    const own = await setTyping(request, bob, { roomId, typing: true });
    const until = (json: unknown) => typistsIn(json, roomId) !== undefined;
    const end = await tools.waitForSync(alice, { since, until, deadlineMs: arrivalMs });
    const others = end.answers.flatMap(({ json }) => typistsIn(json, roomId) ?? []).filter((id) => id !== bob.userId);
    return outcomeOf(
      [
        ...expectRefused(foreign, claims.foreign),
        ...expectForbidden(stranger, claims.stranger),
        ...expectStatus(own, 200, claims.own),
        ...expectThat(end.last, others.length === 0, {
          ...claims.shown,
          expected: 'nur, wer selbst schreibt',
          observed: `${others.length} weitere`,
        }),
      ],
      'Fremde Anzeige und Anzeige von außen: verweigert, die eigene wird gezeigt',
    );
  },
});
