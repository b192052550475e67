import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { createMegolmSession, type MegolmSession } from '../../lib/attacker/megolm-session.ts';
import { type AnyMessage, sendAsItStands } from '../../lib/attacker/past-library.ts';
import { forwardedKeyOf, roomKeyOf, toldKeyOf } from '../../lib/attacker/payloads.ts';
import type { EncryptionFlow } from '../context.ts';
import { takingToldKey } from '../defects/weak-takers.ts';
import { threeInEncryptedRoom } from '../meeting.ts';
import { expectStillClosed, type Route, readsHonest, share, writeIn } from './forged-sessions.ts';

/** CVE-2022-39251: what is encrypted for a room says nothing about who sends it to a device. */
export const megolmToDevice: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.megolm-to-device',
    title: 'Raumschlüssel, die mit Megolm statt mit Olm verschlüsselt an ein Gerät gehen, verwirft es.',
    requirements: ['VE-11'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#molmv1curve25519-aes-sha2',
    standing: 'normative',
    attacks: [5],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice übernimmt einen Raumschlüssel aus einer Megolm-Nachricht.',
      defect: { person: 'alice', skips: 'keyOrigin', weakened: takingToldKey(1) },
      expectFinding: 'room-key-taken',
    },
    {
      title: 'Das Gerät von alice übernimmt einen weitergeleiteten Schlüssel aus einer Megolm-Nachricht.',
      defect: { person: 'alice', skips: 'keyOrigin', weakened: takingToldKey(2) },
      expectFinding: 'forwarded-key-taken',
    },
  ],
  run: async (context) => {
    const word = (what: string) => `${what} ${context.random.word(12)}`;
    const { alice, carol, roomId } = await threeInEncryptedRoom(context);
    const route: Route = { from: carol, to: alice, roomId };
    const before = await alice.waitForMessage(roomId, await carol.sendText(roomId, word('Vorher')));
    if (before.kind !== 'decrypted') return inconclusive('void: Schon die ehrliche Nachricht war nicht zu lesen.');
    const carrier = createMegolmSession();
    await share(carrier, route);
    const carried = await alice.waitForMessage(roomId, await writeIn(carrier, route, word('Ehrlich')));
    if (carried.kind !== 'decrypted')
      return inconclusive('void: Das Gerät hat den Schlüssel der Megolm-Nachricht nicht.');
    const [told, forwarded] = [createMegolmSession(), createMegolmSession()];
    const owner = await carol.ownKeys();
    const passedOn = forwardedKeyOf(forwarded, roomId, owner);
    await sendInMegolm(carrier, route, { type: 'm.room_key', content: roomKeyOf(told, roomId) });
    await alice.takeToldKey?.(toldKeyOf(told, roomId, owner));
    const withTold = await writeIn(told, route, word('Eingeschleust'));
    await sendInMegolm(carrier, route, { type: 'm.forwarded_room_key', content: passedOn });
    await alice.takeToldKey?.(toldKeyOf(forwarded, roomId, owner));
    const withForwarded = await writeIn(forwarded, route, word('Eingeschleust'));
    if (!(await readsHonest(route, word('Nachher'))))
      return inconclusive('void: Ein mit Olm mitgeteilter Schlüssel öffnete danach nichts.');
    return outcomeOf(
      [
        ...expectStillClosed({
          state: await alice.stateOf(roomId, withTold),
          code: 'room-key-taken',
          how: 'mit Megolm verschlüsselt als m.room_key',
        }),
        ...expectStillClosed({
          state: await alice.stateOf(roomId, withForwarded),
          code: 'forwarded-key-taken',
          how: 'mit Megolm verschlüsselt als m.forwarded_room_key',
        }),
      ],
      'Zwei mit Megolm verschlüsselte Schlüssel verworfen; der gleiche Schlüssel mit Olm öffnete seine Nachricht.',
    );
  },
};

/** With all that an Olm message would say about sender and recipient, for a recipient who looks at nothing else. */
async function sendInMegolm(carrier: MegolmSession, { from, to, roomId }: Route, payload: AnyMessage) {
  const [keys, { ed25519 }] = [await from.ownKeys(), await to.ownKeys()];
  const closed = carrier.encrypt({
    ...payload,
    room_id: roomId,
    sender: from.userId,
    sender_device: from.deviceId,
    keys: { ed25519: keys.ed25519 },
    recipient: to.userId,
    recipient_keys: { ed25519 },
  });
  const content = { ...closed, room_id: roomId, sender_key: keys.curve25519, device_id: from.deviceId };
  await sendAsItStands(from, to, { type: 'm.room.encrypted', content });
}
