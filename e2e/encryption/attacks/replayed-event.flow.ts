import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { alterJson, isJsonObject, type JsonObject } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { deafAfter } from '../defects/weak-readers.ts';
import { deliver, meetInEncryptedRoom } from '../meeting.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { describeReception, expectRefused, isReadWithoutWarning, type Reception, receive } from '../trust/warnings.ts';

const replayMark = 'Wiederholt';

/** Every encrypted message twice, the second time under another id. */
function withReplay(object: JsonObject): JsonObject {
  const { events } = object;
  if (!Array.isArray(events)) return object;
  return {
    ...object,
    events: events.flatMap((event: unknown) => (isMessage(event) ? [event, again(event)] : [event])),
  };
}

const isMessage = (event: unknown): event is JsonObject =>
  isJsonObject(event) && event['type'] === 'm.room.encrypted' && typeof event['event_id'] === 'string';

const again = (event: JsonObject): JsonObject => ({ ...event, event_id: `${event['event_id']}${replayMark}` });

/** Takes every message it was asked for before for a replay. */
const doubtingWhatItKnows = ({ waitForMessage }: CryptoDevice): Partial<CryptoDevice> => {
  const known = new Set<string>();
  return {
    waitForMessage: async (roomId, eventId) => {
      if (known.has(eventId)) return { kind: 'undecryptable', reason: 'the device holds it for a replay' };
      known.add(eventId);
      return waitForMessage(roomId, eventId);
    },
  };
};

const genuineRefused = (reception: Reception): Finding => ({
  code: 'genuine-refused',
  title: 'Nach dem Angriff gilt auch die echte Nachricht nicht mehr.',
  expected: 'Die echte Nachricht bleibt lesbar und ohne rote Warnung.',
  observed: describeReception(reception),
  where: 'm.room.encrypted',
});

/** What was said once must not be said again by the homeserver. */
export const replayedEvent: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.replayed-event',
    title: 'Wiederholt der Server eine Nachricht unter anderer Kennung, erscheint sie nicht ein zweites Mal als echt.',
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
      title: 'Das Gerät von alice hält auch die echte Nachricht für eine Wiederholung, wenn es sie noch einmal liest.',
      defect: { person: 'alice', skips: 'frankness', weakened: doubtingWhatItKnows },
      expectFinding: 'genuine-refused',
    },
    {
      title: 'Nach dem Angriff liest das Gerät von alice auch echte Nachrichten nicht mehr.',
      defect: { person: 'alice', skips: 'frankness', weakened: deafAfter(4) },
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const attack = createSwitchedAttack(({ device, answer }) =>
      device === 'alice' ? alterJson(answer, withReplay) : answer,
    );
    const name = `Prüfraum ${context.random.word(12)}`;
    const { alice, bob, roomId } = await meetInEncryptedRoom(context, name, {}, attack.alteration);
    const first = await receive(alice, roomId, await bob.sendText(roomId, `Ehrlich ${context.random.word(12)}`));
    if (!isReadWithoutWarning(first))
      return inconclusive(`void: Schon die ehrliche Nachricht: ${describeReception(first)}.`);
    attack.start();
    const eventId = await bob.sendText(roomId, `Einmal ${context.random.word(12)}`);
    const once = await receive(alice, roomId, eventId);
    if (!isReadWithoutWarning(once)) return inconclusive(`void: Die erste Fassung: ${describeReception(once)}.`);
    const replayed = await receive(alice, roomId, `${eventId}${replayMark}`);
    if (replayed.state.kind === 'absent') return inconclusive('Die wiederholte Nachricht kam nicht an.');
    const genuine = await receive(alice, roomId, eventId);
    const next = await deliver({ from: bob, to: alice, roomId, text: `Danach ${context.random.word(12)}` });
    return outcomeOf(
      [
        ...expectRefused(replayed, 'm.room.encrypted, event_id'),
        ...(isReadWithoutWarning(genuine) ? [] : [genuineRefused(genuine)]),
        ...next,
      ],
      `Wiederholte Nachricht: ${describeReception(replayed)}; die nächste echte wurde gelesen.`,
    );
  },
};
