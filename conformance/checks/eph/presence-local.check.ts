import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { arrayAt, canonicalJson, valueAt, withValueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import {
  getPresence,
  presenceEvents,
  presenceIsOff,
  presenceOff,
  presenceTemplate,
  presentAlone,
  setPresence,
} from '../../lib/presence.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { arrivalMs, syncStart } from '../../lib/sync-sections.ts';

const claims = {
  mate: { code: 'mate-unaware', title: 'Wer einen Raum teilt, erfährt Anwesenheit und Statustext nicht' },
  status: { code: 'status-differs', title: 'Die abgefragte Anwesenheit ist nicht die gesetzte' },
  stranger: { code: 'stranger-aware', title: 'Wer keinen Raum teilt, erfährt die Anwesenheit' },
};

// Who shares a room learns of each other's presence, nobody else does.
// https://spec.matrix.org/v1.19/client-server-api/#presence
export const check = conformanceCheck({
  meta: {
    id: 'conformance.eph.presence-local',
    title: 'Anwesenheit erfährt nur, wer einen Raum teilt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: clause('presence'),
  },
  variant: 'open',
  counterexamples: [
    {
      title: 'Niemand erfährt etwas',
      defect: { when: { path: syncTemplate }, alter: setting(['presence', 'events'], []) },
      expectFinding: claims.mate.code,
    },
    {
      title: 'Der Statustext ist ein anderer',
      defect: {
        when: { method: 'GET', path: presenceTemplate },
        alter: (answer, seen) => (seen.earlier.length > 0 ? setting(['status_msg'], 'anders')(answer, seen) : answer),
      },
      expectFinding: claims.status.code,
    },
    {
      title: 'Alle erfahren alles',
      defect: {
        when: { path: syncTemplate },
        alter: (answer, { earlier }) => {
          const at = ['presence', 'events'];
          const events = [...earlier, answer].flatMap(({ json }) => arrayAt(json, at));
          return { ...answer, json: withValueAt(answer.json, at, events) };
        },
      },
      expectFinding: claims.stranger.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const alice = await tools.user('alice');
    await presentAlone(tools, alice);
    if (await presenceIsOff(request, alice)) return notApplicable(presenceOff);
    const [bob, carol] = [await tools.user('bob'), await tools.user('carol')];
    const roomId = await tools.room(alice);
    await tools.join(roomId, alice, bob);
    const [mateStart, strangerStart] = [await syncStart(tools, bob), await syncStart(tools, carol)];
    const status = { presence: 'unavailable', status_msg: tools.random.word(12) } as const;
    premise(await setPresence(request, alice, status));
    let got: unknown;
    const until = (json: unknown) => {
      got =
        presenceEvents(json, alice.userId)
          .map((event) => told(valueAt(event, ['content'])))
          .at(-1) ?? got;
      return canonicalJson(got) === canonicalJson(status);
    };
    const mate = await tools.waitForSync(bob, { since: mateStart, until, deadlineMs: arrivalMs });
    const asked = await tools.poll({
      ask: async () => premise(await getPresence(request, bob, alice.userId)),
      until: ({ json }) => valueAt(json, ['presence']) === status.presence,
      deadlineMs: settlingMs,
    });
    const stranger = await tools.waitForSync(carol, { since: strangerStart, until: () => true, deadlineMs: 0 });
    const leaked = stranger.answers.flatMap(({ json }) => presenceEvents(json, alice.userId));
    return outcomeOf(
      [
        ...expectEqual(mate.last, { wanted: status, got }, claims.mate),
        ...expectEqual(asked, { wanted: status, got: told(asked.json) }, claims.status),
        ...expectEqual(stranger.last, { wanted: 0, got: leaked.length }, claims.stranger),
      ],
      'Anwesenheit und Statustext erreichen nur, wer einen Raum teilt',
    );
  },
});

const told = (content: unknown) => ({
  presence: valueAt(content, ['presence']),
  status_msg: valueAt(content, ['status_msg']),
});
