import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingRoomList, changingTimelines } from '../../lib/event-defects.ts';
import { arrayAt, objectAt, stringAt, withValueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { sendReceipt } from '../../lib/receipts.ts';
import { syncedTo } from '../../lib/settled-sync.ts';
import { syncTemplate, timelineOf } from '../../lib/sync.ts';
import { hasType, inlineFilter, syncStart } from '../../lib/sync-sections.ts';
import { setTyping } from '../../lib/typing.ts';

const when = { path: syncTemplate };
const ephemeral = ['ephemeral', 'events'];
const federationOnly = ['auth_events', 'prev_events', 'hashes', 'signatures', 'depth'];
const claims = {
  ephemeral: { code: 'room-repeated', title: 'Tippanzeige oder Lesebestätigung nennen den Raum noch einmal' },
  client: { code: 'internals-shown', title: 'Ereignisse kommen mit Angaben, die nur Server untereinander brauchen' },
  federation: { code: 'format-ignored', title: 'Das ausdrücklich verlangte Format der Server wird nicht geliefert' },
};

// Clients get what clients need; what servers tell each other comes on demand only.
// https://spec.matrix.org/v1.19/client-server-api/#room-event-format
export const check = conformanceCheck({
  meta: {
    id: 'conformance.sync.sync-event-format',
    title: 'Ereignisse kommen im Format für Clients, im Format der Server nur auf Verlangen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-event-format'),
  },
  counterexamples: [
    {
      title: 'Die Lesebestätigung nennt den Raum',
      defect: {
        when,
        alter: changingRoomList(ephemeral, (events) =>
          events.map((event) => withValueAt(event, ['room_id'], '!altered:example.org')),
        ),
      },
      expectFinding: claims.ephemeral.code,
    },
    {
      title: 'Alles kommt im Format der Server',
      defect: {
        when,
        alter: changingTimelines((events) => events.map((event) => withValueAt(event, ['depth'], 1))),
      },
      expectFinding: claims.client.code,
    },
    {
      title: 'Das Format der Server gibt es nicht',
      defect: {
        when,
        alter: (answer, seen) =>
          seen.query.includes('federation') ? { ...answer, json: seen.earlier.at(-1)?.json } : answer,
      },
      expectFinding: claims.federation.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice);
    await tools.join(roomId, alice, bob);
    const since = await syncStart(tools, alice);
    const eventId = await tools.sendProbe(alice, roomId);
    premise(await sendReceipt(request, bob, { roomId, eventId }));
    premise(await setTyping(request, bob, { roomId, typing: true }));
    const edus = (json: unknown) => arrayAt(json, ['rooms', 'join', roomId, ...ephemeral]);
    const isComplete = (json: unknown) =>
      ['m.receipt', 'm.typing'].every((type) => edus(json).some((event) => hasType(event, type))) &&
      timelineOf(json, roomId).length > 0;
    const client = await syncedTo(tools, alice, { since, until: isComplete });
    const query = inlineFilter({ event_format: 'federation' });
    const federation = await syncedTo(tools, alice, { since, query, until: () => true });
    const internals = (json: unknown) =>
      federationOnly.filter((key) => timelineOf(json, roomId).some((event) => objectAt(event, [])[key] !== undefined));
    const named = edus(client.json).filter((event) => stringAt(event, ['room_id']) !== undefined);
    return outcomeOf(
      [
        ...expectThat(client, isComplete(client.json) && named.length === 0, {
          ...claims.ephemeral,
          expected: 'Tippanzeige und Lesebestätigung ohne room_id',
          observed: `${edus(client.json).length} Meldungen, davon ${named.length} mit room_id`,
        }),
        ...expectEqual(client, { wanted: [], got: internals(client.json) }, claims.client),
        ...expectEqual(federation, { wanted: federationOnly, got: internals(federation.json) }, claims.federation),
      ],
      'Format für Clients ohne, Format der Server mit den Angaben der Server',
    );
  },
});
