import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingRoomList, dropping } from '../../lib/event-defects.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { showingRooms } from '../../lib/sync-defects.ts';
import { arrivalMs, roomIn, syncStart } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';
import { setTyping, typistsIn } from '../../lib/typing.ts';

const ephemeral = ['ephemeral', 'events'];
const noticeMs = 1_000;
/** Servers look for what is over now and then, not all the time. */
const fadingMs = 12_000;
const when = { path: syncTemplate };
const claims = {
  started: { code: 'start-unseen', title: 'Wer schreibt, wird den Mitgliedern nicht angezeigt' },
  stopped: { code: 'stop-unseen', title: 'Wer aufhört zu schreiben, wird weiter angezeigt' },
  timeout: { code: 'notice-stays', title: 'Eine Tippanzeige bleibt über ihre Zeit hinaus stehen' },
  elsewhere: { code: 'seen-elsewhere', title: 'Eine Tippanzeige erscheint in einem anderen Raum' },
  stranger: { code: 'stranger-sees', title: 'Wer nicht im Raum ist, sieht die Tippanzeige' },
};

// Members see who is typing, in that room only, until they stop or the time is over.
// https://spec.matrix.org/v1.19/client-server-api/#typing-notifications
export const check = conformanceCheck({
  meta: {
    id: 'conformance.eph.typing',
    title: 'Die Tippanzeige erreicht nur die Mitglieder des Raums und endet von selbst',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    waits: 'Eine Tippanzeige erlischt nach der verlangten Zeit von selbst.',
    spec: clause('typing-notifications'),
  },
  counterexamples: [
    {
      title: 'Niemand sieht, wer schreibt',
      defect: { when, alter: changingRoomList(ephemeral, dropping) },
      expectFinding: claims.started.code,
    },
    {
      title: 'Wer einmal schreibt, schreibt für immer',
      defect: {
        when,
        alter: changingRoomList(ephemeral, (events) => events.map(() => typingBy('@immer:example.org'))),
      },
      expectFinding: claims.timeout.code,
    },
    {
      title: 'Die Anzeige steht in jedem Raum',
      defect: showingRooms('join', { ephemeral: { events: [typingBy('@alice:example.org')] } }),
      expectFinding: claims.elsewhere.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const [roomId, otherRoom] = [await tools.room(alice), await tools.room(alice)];
    for (const room of [roomId, otherRoom]) await tools.join(room, alice, bob);
    const [start, strangerStart] = [await syncStart(tools, bob), await syncStart(tools, carol)];
    const [typing, still] = [[alice.userId], []];
    premise(await setTyping(request, alice, { roomId, typing: true }));
    const started = await typistsOnce(tools, bob, { roomId, since: start, wanted: typing, deadlineMs: arrivalMs });
    premise(await setTyping(request, alice, { roomId, typing: false }));
    const next = { roomId, wanted: still, deadlineMs: arrivalMs };
    const stopped = await typistsOnce(tools, bob, { ...next, since: started.end.nextBatch ?? start });
    premise(await setTyping(request, alice, { roomId, typing: true, timeoutMs: noticeMs }));
    const again = { roomId, wanted: typing, deadlineMs: arrivalMs, since: stopped.end.nextBatch ?? start };
    const shortly = await typistsOnce(tools, bob, again);
    const fading = { ...next, since: shortly.end.nextBatch ?? start, deadlineMs: fadingMs };
    const faded = await typistsOnce(tools, bob, fading);
    const stranger = await tools.waitForSync(carol, { since: strangerStart, until: () => true, deadlineMs: 0 });
    const strangerSees = stranger.answers.some(({ json }) => roomIn(json, 'join', roomId) !== undefined);
    const elsewhere = [started, stopped, shortly, faded].flatMap(({ end }) =>
      end.answers.flatMap(({ json }) => typistsIn(json, otherRoom) ?? []),
    );
    return outcomeOf(
      [
        ...expectEqual(started.end.last, { wanted: typing, got: started.got }, claims.started),
        ...expectEqual(stopped.end.last, { wanted: still, got: stopped.got }, claims.stopped),
        ...expectEqual(faded.end.last, { wanted: still, got: faded.got }, claims.timeout),
        ...expectEqual(faded.end.last, { wanted: [], got: elsewhere }, claims.elsewhere),
        ...expectThat(stranger.last, !strangerSees, {
          ...claims.stranger,
          expected: 'nichts von diesem Raum',
          observed: 'der Raum in der Synchronisation',
        }),
      ],
      'Anfang, Ende und Zeitablauf erreichen das Mitglied, andere Räume und Fremde nicht',
    );
  },
});

interface Wait {
  readonly roomId: string;
  readonly since: string;
  readonly wanted: readonly string[];
  readonly deadlineMs: number;
}

/** Waits until those are shown as typing; with what was shown last. */
async function typistsOnce(tools: Tools, session: Session, { roomId, since, wanted, deadlineMs }: Wait) {
  let got: readonly unknown[] | undefined;
  const until = (json: unknown) => {
    got = typistsIn(json, roomId) ?? got;
    return got !== undefined && got.length === wanted.length;
  };
  const end = await tools.waitForSync(session, { since, until, deadlineMs });
  return { end, got };
}

function typingBy(userId: string): unknown {
  return { type: 'm.typing', content: { user_ids: [userId] } };
}
