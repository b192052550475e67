import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, alterJson, isJsonObject } from '../../lib/alteration.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { deliver, type Trio, threeInEncryptedRoom } from '../meeting.ts';
import { replayingFirstKey } from './claim-answers.ts';
import { expectStillClosed, openingClosed } from './forged-sessions.ts';

/** The homeserver loses what carol sends to bob's device; accounts made for a check bear the person's name. */
const losingFromCarol: Alteration = ({ device, answer }) =>
  device === 'bob'
    ? alterJson(answer, (event) => {
        const { content, sender } = event;
        const isOlm = isJsonObject(content) && content['algorithm'] === 'm.olm.v1.curve25519-aes-sha2';
        return isOlm && String(sender).includes('carol') ? undefined : event;
      })
    : answer;

/** A one-time key is thrown away after its first use: a second conversation cannot be begun with it. */
export const replayedOneTimeKey: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.replayed-one-time-key',
    title: 'Gibt der Server einen Einmalschlüssel zweimal heraus, nimmt das Gerät ihn nur einmal an und findet zurück.',
    requirements: ['VE-19', 'VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 180_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#one-time-and-fallback-keys',
    standing: 'normative',
    attacks: [14],
  },
  counterexamples: [
    {
      title: 'Das Gerät von bob nimmt denselben Einmalschlüssel ein zweites Mal an.',
      defect: { person: 'bob', skips: 'keyOrigin', weakened: openingClosed(1) },
      expectFinding: 'key-accepted-twice',
    },
    {
      title: 'Der Server verliert auch alles Weitere, was carol an das Gerät von bob sendet.',
      defect: losingFromCarol,
      expectFinding: 'not-recovered',
    },
  ],
  run: async (context) => {
    const replay = replayingFirstKey();
    const trio = await threeInEncryptedRoom(context, {}, replay.alteration);
    const { alice, bob, carol, roomId } = trio;
    replay.of(bob);
    const honest = await deliver({ from: alice, to: bob, roomId, text: `Ehrlich ${context.random.word(12)}` });
    if (honest.length > 0)
      return inconclusive('void: Schon die Nachricht mit dem ersten Schlüssel war nicht zu lesen.');
    const eventId = await carol.sendText(roomId, `Mit demselben Schlüssel ${context.random.word(12)}`);
    const state = await bob.stateOf(roomId, eventId);
    if (replay.count() === 0) return inconclusive('void: Der Einmalschlüssel wurde nicht zweimal herausgegeben.');
    const how = 'in einer Sitzung aus einem schon gebrauchten Einmalschlüssel';
    const isRecovered = await recovers(context, trio);
    return outcomeOf(
      [...expectStillClosed({ state, code: 'key-accepted-twice', how }), ...expectRecovered(isRecovered)],
      'Die zweite Sitzung aus demselben Einmalschlüssel abgewiesen; eine spätere Nachricht wurde lesbar.',
    );
  },
};

const rounds = 3;

/** The device asks the other side for a new session; what is written after that must be readable. */
async function recovers({ random }: EncryptionContext, { bob, carol, roomId }: Trio): Promise<boolean> {
  for (let round = 0; round < rounds; round += 1) {
    const text = `Runde ${random.word(12)}`;
    await bob.sendText(roomId, text);
    await carol.waitForText(roomId, text);
    const state = await bob.stateOf(roomId, await carol.sendText(roomId, `Danach ${random.word(12)}`));
    if (state.kind === 'decrypted') return true;
  }
  return false;
}

const expectRecovered = (isRecovered: boolean): readonly Finding[] =>
  isRecovered
    ? []
    : [
        {
          code: 'not-recovered',
          title: 'Nach einem zweimal herausgegebenen Einmalschlüssel bleiben alle weiteren Nachrichten unlesbar.',
          expected: 'Die Geräte bauen eine neue Sitzung auf, und spätere Nachrichten sind lesbar.',
          observed: `Auch nach ${rounds} weiteren Nachrichten war keine lesbar.`,
          where: 'carol → bob',
        },
      ];
