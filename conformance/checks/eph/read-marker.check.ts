import { outcomeOf } from '../../../core/model/outcome.ts';
import { getAccountData } from '../../lib/account-data.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering } from '../../lib/defect.ts';
import { changingRoomList, dropping } from '../../lib/event-defects.ts';
import { stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { markersTemplate } from '../../lib/receipts.ts';
import { expectRefused } from '../../lib/refusals.ts';
import { sendProbes } from '../../lib/room-events.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { arrivalMs, ephemeralOf, roomAccountData, syncStart } from '../../lib/sync-sections.ts';

const type = 'm.fully_read';
const when = { path: syncTemplate };
const claims = {
  marker: { code: 'marker-unseen', title: 'Die Lesemarke erreicht die eigenen Geräte nicht' },
  receipt: { code: 'receipt-unseen', title: 'Die mit der Lesemarke gesendete Bestätigung erreicht andere nicht' },
  leaked: { code: 'marker-leaked', title: 'Andere sehen die Lesemarke einer Person' },
  stranger: { code: 'stranger-marks', title: 'Wer nicht im Raum ist, kann dort Lesemarken setzen' },
};

// One request moves the marker of the own devices and tells others what was read.
// https://spec.matrix.org/v1.19/client-server-api/#fully-read-markers
export const check = conformanceCheck({
  meta: {
    id: 'conformance.eph.read-marker',
    title: 'Lesemarke und Lesebestätigung lassen sich zusammen setzen und weiterrücken',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('fully-read-markers'),
  },
  counterexamples: [
    {
      title: 'Die Lesemarke kommt nicht an',
      defect: { when, alter: changingRoomList(['account_data', 'events'], dropping) },
      expectFinding: claims.marker.code,
    },
    {
      title: 'Die Bestätigung kommt nicht an',
      defect: { when, alter: changingRoomList(['ephemeral', 'events'], dropping) },
      expectFinding: claims.receipt.code,
    },
    {
      title: 'Alle sehen die Lesemarke',
      defect: {
        when,
        alter: changingRoomList(['account_data', 'events'], () => [{ type, content: { event_id: '$altered' } }]),
      },
      expectFinding: claims.leaked.code,
    },
    {
      title: 'Fremde setzen Lesemarken',
      defect: {
        when: { path: markersTemplate },
        alter: (answer, seen) => (answer.status === 200 ? answer : answering(200, {})(answer, seen)),
      },
      expectFinding: claims.stranger.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    await tools.join(roomId, alice, bob);
    const [first = '', second = ''] = await sendProbes(tools, alice, roomId, 2);
    const [own, others] = [await syncStart(tools, bob), await syncStart(tools, alice)];
    const mark = (session: typeof bob, eventId: string) =>
      request('POST', markersTemplate, { params: { roomId }, session, body: { [type]: eventId, 'm.read': eventId } });
    premise(await mark(bob, first));
    premise(await mark(bob, second));
    const stranger = await mark(carol, first);
    const markerIn = (json: unknown) => stringAt(roomAccountData(json, roomId, type), ['content', 'event_id']);
    const isMoved = (json: unknown) => markerIn(json) === second;
    const moved = await tools.waitForSync(bob, { since: own, until: isMoved, deadlineMs: arrivalMs });
    const receipt = (json: unknown) =>
      valueAt(ephemeralOf(json, roomId, 'm.receipt'), ['content', second, 'm.read', bob.userId]) !== undefined;
    const told = await tools.waitForSync(alice, { since: others, until: receipt, deadlineMs: arrivalMs });
    const leaked = told.answers.filter(({ json }) => markerIn(json) !== undefined);
    const stored = premise(await getAccountData(request, bob, { type, roomId }));
    return outcomeOf(
      [
        ...expectEqual(moved.last, { wanted: second, got: markerIn(moved.last.json) }, claims.marker),
        ...expectEqual(stored, { wanted: second, got: stringAt(stored.json, ['event_id']) }, claims.marker),
        ...expectEqual(told.last, { wanted: true, got: told.reached }, claims.receipt),
        ...expectEqual(told.last, { wanted: 0, got: leaked.length }, claims.leaked),
        ...expectRefused(stranger, claims.stranger),
      ],
      'Die Marke rückt auf den eigenen Geräten vor, die Bestätigung sehen die anderen, Fremde werden abgewiesen',
    );
  },
});
