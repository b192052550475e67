import { isDeepStrictEqual } from 'node:util';
import type { HttpSend } from '../../../core/http/http.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { type Alteration, isJsonObject, withText } from '../../lib/alteration.ts';
import { isTo } from '../../lib/death.ts';
import type { EncryptionFlow } from '../context.ts';
import { forgetful } from '../defects/weak-devices.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { deliver } from '../meeting.ts';

interface Upload {
  readonly status: number;
  /** Public one-time keys by name. */
  readonly keys: ReadonlyMap<string, unknown>;
}

/** The homeserver takes no further keys once a device has published itself. */
const refusingMore: Alteration = ({ device, request, answer }) =>
  device === 'alice' && isTo('/keys/upload')(request) && !String(request.body).includes('"device_keys"')
    ? { ...withText(answer, '{"errcode":"M_UNKNOWN","error":"One time key already exists"}'), status: 400 }
    : answer;

/** How often one program makes way for the other. */
const turns = 3;

/**
 * A program woken by a push message works with the same keys as the one that is open, which must stop before: what one has
 * begun the other goes on with. Both at once is nothing the library allows.
 */
export const dupOtkPush: EncryptionFlow = {
  meta: {
    id: 'encryption.delivery.dup-otk-push',
    title:
      'Lösen sich zwei Programme an demselben Gerät ab, laden sie keine verschiedenen Einmalschlüssel gleichen Namens hoch.',
    requirements: ['VE-19', 'VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#one-time-and-fallback-keys',
    standing: 'normative',
    rows: ['e2e-dup-otk-push'],
  },
  counterexamples: [
    {
      title: 'Das zweite Programm findet nichts von dem, was das erste gespeichert hatte.',
      defect: forgetful('alice'),
      expectFinding: 'clashing-keys',
    },
    { title: 'Der Server weist jeden weiteren Schlüssel ab.', defect: refusingMore, expectFinding: 'upload-refused' },
    {
      title: 'Der Server verändert den Geheimtext, den alice empfängt.',
      defect: brokenCiphertextFor('alice'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const uploads: Upload[] = [];
    const [first, bob] = await Promise.all([
      context.device('alice', { stored: true, between: watchingUploads(uploads) }),
      context.device('bob'),
    ]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const roomId = await first.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.joinRoom(roomId);
    await bob.waitForMember(roomId, first.userId);
    const before = uploads.length;
    const findings: Finding[] = [];
    let alice = first;
    for (let turn = 0; turn < turns && findings.length === 0; turn++) {
      // Whatever it has not said by now it never will.
      alice.kill();
      alice = await context.restarted(alice);
      await alice.waitForRoom(roomId);
      await bob.claimKey(alice.userId, alice.deviceId);
      // It learns how many keys are left when something happens in the room.
      findings.push(
        ...(await deliver({ from: bob, to: alice, roomId, text: `Runde ${turn} ${context.random.word(12)}` })),
      );
    }
    if (uploads.length === before) return inconclusive('void: Kein Programm lud Einmalschlüssel nach.');
    return outcomeOf(
      [...expectNoClash(uploads), ...expectTaken(uploads), ...findings],
      `${uploads.length - before} weitere Uploads, kein Name doppelt vergeben, keiner abgewiesen, alles entschlüsselt.`,
    );
  },
};

const watchingUploads =
  (uploads: Upload[]) =>
  (send: HttpSend): HttpSend =>
  async (request) => {
    const answer = await send(request);
    if (isTo('/keys/upload')(request)) uploads.push({ status: answer.status, keys: oneTimeKeysIn(request.body) });
    return answer;
  };

function oneTimeKeysIn(body: string | Uint8Array | undefined): ReadonlyMap<string, unknown> {
  const content = typeof body === 'string' ? parsedJson(body) : undefined;
  const keys = isJsonObject(content) && isJsonObject(content['one_time_keys']) ? content['one_time_keys'] : {};
  return new Map(Object.entries(keys).map(([id, key]) => [id, isJsonObject(key) ? key['key'] : key]));
}

function expectNoClash(uploads: readonly Upload[]): readonly Finding[] {
  const first = new Map<string, unknown>();
  const clashing = new Set<string>();
  for (const [id, key] of uploads.flatMap(({ keys }) => [...keys])) {
    if (first.has(id) && !isDeepStrictEqual(first.get(id), key)) clashing.add(id);
    if (!first.has(id)) first.set(id, key);
  }
  return clashing.size === 0
    ? []
    : [
        {
          code: 'clashing-keys',
          title: 'Zwei Programme mit demselben Gerät vergeben verschiedene Einmalschlüssel unter demselben Namen.',
          expected: 'Jeder Name steht für einen Schlüssel.',
          observed: `${clashing.size} Namen stehen für zwei.`,
          where: 'alice, /keys/upload',
        },
      ];
}

function expectTaken(uploads: readonly Upload[]): readonly Finding[] {
  const refused = uploads.filter(({ status }) => status >= 400 && status < 500);
  return refused.length === 0
    ? []
    : [
        {
          code: 'upload-refused',
          title: 'Einmalschlüssel, die ein Gerät nachlädt, werden abgewiesen.',
          expected: 'Der Server nimmt sie an.',
          observed: `${refused.length} von ${uploads.length} Uploads abgewiesen.`,
          where: 'alice, /keys/upload',
        },
      ];
}
