import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { attackedBy, isJsonObject, type JsonObject } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { deafAfter, readingUnproven } from '../defects/weak-readers.ts';
import { deliver } from '../meeting.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { describeReception, expectRefused, isReadWithoutWarning, receive } from '../trust/warnings.ts';
import { alterJoinedRooms, timelineEvents, withEventsFirst } from './synced-room.ts';

const movedMark = 'Verschoben';

interface Move {
  readonly from: string;
  readonly to: string;
}

/** Of a room where nothing happened, /sync tells nothing. */
const quietRoom: JsonObject = { state: { events: [] }, timeline: { events: [], limited: false } };

/** Every message of one room appears in the other too, under another id. */
function withMoved(rooms: JsonObject, { from, to }: Move): JsonObject {
  const moved = timelineEvents(rooms[from])
    .filter(({ type }) => type === 'm.room.encrypted')
    .map((event) => ({ ...event, event_id: `${event['event_id']}${movedMark}` }));
  if (moved.length === 0) return rooms;
  const there = rooms[to];
  return { ...rooms, [to]: withEventsFirst(isJsonObject(there) ? there : quietRoom, moved) };
}

/** What was said in one room must not seem said in another. */
export const movedEvent: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.moved-event',
    title: 'Zeigt der Server eine Nachricht in einem anderen Raum, erscheint sie dort nicht als echt.',
    requirements: ['VE-06'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#mmegolmv1aes-sha2',
    standing: 'normative',
    rows: ['e2e-content-tamper'],
    attacks: [11],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice zeigt auch, was es nicht prüfen konnte.',
      defect: { person: 'alice', skips: 'contentProof', weakened: readingUnproven },
      expectFinding: 'accepted',
    },
    {
      title: 'Nach dem Angriff liest das Gerät von alice auch echte Nachrichten nicht mehr.',
      defect: { person: 'alice', skips: 'frankness', weakened: deafAfter(4) },
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    let move: Move | undefined;
    const attack = createSwitchedAttack((seen) =>
      move === undefined ? seen.answer : alterJoinedRooms(seen, (rooms) => (move ? withMoved(rooms, move) : rooms)),
    );
    const [alice, bob] = await Promise.all([
      context.device('alice', { between: attackedBy(attack.alteration) }),
      context.device('bob'),
    ]);
    const room = () => sharedRoom(alice, bob, `Prüfraum ${context.random.word(12)}`);
    move = { from: await room(), to: await room() };
    // Both rooms hold a message that is read, so that neither is closed for another reason.
    for (const roomId of [move.to, move.from]) {
      const honest = await receive(alice, roomId, await bob.sendText(roomId, `Ehrlich ${context.random.word(12)}`));
      if (!isReadWithoutWarning(honest))
        return inconclusive(`void: Schon die ehrliche Nachricht: ${describeReception(honest)}.`);
    }
    attack.start();
    const eventId = await bob.sendText(move.from, `Nur für den ersten Raum ${context.random.word(12)}`);
    const movedId = `${eventId}${movedMark}`;
    const state = await alice.stateOf(move.to, movedId);
    if (state.kind === 'absent') return inconclusive('Die verschobene Nachricht kam nicht an.');
    const moved = { state, shield: await alice.shieldOf(move.to, movedId) };
    const genuine = await receive(alice, move.from, eventId);
    if (!isReadWithoutWarning(genuine)) return inconclusive(`void: Die echte Fassung: ${describeReception(genuine)}.`);
    const next = await deliver({ from: bob, to: alice, roomId: move.to, text: `Danach ${context.random.word(12)}` });
    return outcomeOf(
      [...expectRefused(moved, 'm.room.encrypted, room_id'), ...next],
      `Verschobene Nachricht: ${describeReception(moved)}; die nächste echte wurde gelesen.`,
    );
  },
};

async function sharedRoom(alice: CryptoDevice, bob: CryptoDevice, name: string): Promise<string> {
  const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
  await bob.joinRoom(roomId);
  await alice.waitForMember(roomId, bob.userId);
  return roomId;
}
