import type { HttpAnswer, HttpRequest } from '../../../core/http/http.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { type Alteration, alterJson, isJsonObject } from '../../lib/alteration.ts';
import { dyingAt, isTo } from '../../lib/death.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { deliver, read } from '../meeting.ts';

/** The homeserver takes a key for delivered as soon as it has handed it out. */
const handingOutOnce = (): Alteration => {
  const handedOut = new Set<string>();
  return ({ answer }) =>
    alterJson(answer, (object) => {
      const list = isJsonObject(object['to_device']) ? object['to_device']['events'] : undefined;
      if (!Array.isArray(list)) return object;
      const events = list.filter((event) => !handedOut.has(JSON.stringify(event)));
      for (const event of events) handedOut.add(JSON.stringify(event));
      return { ...object, to_device: { events } };
    });
};

/** A room key reaches a device once; if it is lost on the last step, what it opens stays closed. */
export const killSync: EncryptionFlow = {
  meta: {
    id: 'encryption.interruption.kill-sync',
    title: 'Endet ein Gerät, während es einen Raumschlüssel empfängt, liest es die Nachricht nach dem Neustart.',
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#send-to-device-messaging',
    standing: 'normative',
    rows: ['e2e-kill-sync'],
    attacks: [17],
  },
  counterexamples: [
    {
      title: 'Der Server vergisst Schlüssel, sobald er sie einmal herausgegeben hat.',
      defect: handingOutOnce(),
      expectFinding: 'not-decrypted',
    },
    {
      title: 'Der Server verändert den Geheimtext, den carol empfängt.',
      defect: brokenCiphertextFor('carol'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    // Bob's answer is lost on the way; carol has it in hand when she ends.
    const deaths = {
      bob: dyingAt({ moment: 'beforeAnswer', isLast: bringsKey, isLater: true }),
      carol: dyingAt({ moment: 'afterAnswer', isLast: bringsKey, isLater: true }),
    };
    const [alice, bob, carol] = await Promise.all([
      context.device('alice'),
      context.device('bob', { stored: true, between: deaths.bob.between }),
      context.device('carol', { stored: true, between: deaths.carol.between }),
    ]);
    const guests = [bob, carol];
    const invite = guests.map(({ userId }) => userId);
    const roomId = await alice.createEncryptedRoom({ name: `Prüfraum ${context.random.word(12)}`, invite });
    await Promise.all(guests.map((guest) => guest.joinRoom(roomId)));
    await Promise.all(invite.map((userId) => alice.waitForMember(roomId, userId)));
    for (const death of Object.values(deaths)) death.begin();
    const text = `Während des Abbruchs ${context.random.word(12)}`;
    const eventId = await alice.sendText(roomId, text);
    const ends = await Promise.all(Object.values(deaths).map((death) => death.waitForEnd()));
    for (const guest of guests) guest.kill();
    if (ends.includes(false)) return inconclusive('void: Nicht jedes Gerät endete beim Empfang des Schlüssels.');
    const findings = [];
    for (const guest of guests) {
      const again = await context.restarted(guest);
      await again.waitForRoom(roomId);
      findings.push(...(await read({ from: alice, to: again, roomId, text, eventId })));
      const later = `Nach dem Neustart ${context.random.word(12)}`;
      findings.push(...(await deliver({ from: alice, to: again, roomId, text: later })));
    }
    return outcomeOf(findings, 'Beide Geräte lasen nach dem Neustart die Nachricht von vorher und die nächste.');
  },
};

const bringsKey = (request: HttpRequest, answer?: HttpAnswer): boolean => {
  const body = answer !== undefined && isTo('/sync')(request) ? parsedJson(answer.text()) : undefined;
  const toDevice = isJsonObject(body) ? body['to_device'] : undefined;
  const events = isJsonObject(toDevice) ? toDevice['events'] : undefined;
  return Array.isArray(events) && events.some((event) => isJsonObject(event) && event['type'] === 'm.room.encrypted');
};
