import { isDeepStrictEqual } from 'node:util';
import type { HttpRequest } from '../../../core/http/http.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { type Alteration, isJsonObject, withText } from '../../lib/alteration.ts';
import { type Death, dyingAt, isTo, type LastWord } from '../../lib/death.ts';
import type { EncryptionFlow } from '../context.ts';
import { forgetful } from '../defects/weak-devices.ts';
import { noOneTimeKeys } from '../delivery/key-answers.ts';
import { deliver } from '../meeting.ts';
import { expectAccepted, reviving } from './lives.ts';

/** The homeserver refuses one-time keys it already has. */
const refusingRepetition = (): Alteration => {
  const known = new Set<string>();
  return ({ request, answer }) => {
    if (!isTo('/keys/upload')(request) || answer.status !== 200) return answer;
    const keys = oneTimeKeysIn(request);
    const isRepeated = keys.some((key) => known.has(key));
    for (const key of keys) known.add(key);
    return isRepeated
      ? { ...withText(answer, '{"errcode":"M_UNKNOWN","error":"One time key already exists"}'), status: 400 }
      : answer;
  };
};

function oneTimeKeysIn({ body }: HttpRequest): readonly string[] {
  const json = typeof body === 'string' ? parsedJson(body) : undefined;
  const keys = isJsonObject(json) ? json['one_time_keys'] : undefined;
  return isJsonObject(keys)
    ? Object.values(keys).flatMap((key) => (isJsonObject(key) ? [String(key['key'])] : []))
    : [];
}

/** Keys that changed between two lives of a device would shut out whoever had already fetched the first ones. */
export const killUpload: EncryptionFlow = {
  meta: {
    id: 'encryption.interruption.kill-upload',
    title:
      'Endet ein Gerät beim Hochladen seiner Schlüssel, lädt es nach dem Neustart dieselben hoch und ist erreichbar.',
    requirements: ['VE-18', 'VE-19'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysupload',
    standing: 'normative',
    rows: ['e2e-kill-upload'],
  },
  counterexamples: [
    {
      title: 'Der Server weist Schlüssel ab, die er schon hat.',
      defect: refusingRepetition(),
      expectFinding: 'upload-refused',
    },
    {
      title: 'Das Gerät von alice findet nach dem Neustart nichts von dem, was es gespeichert hatte.',
      defect: forgetful('alice'),
      expectFinding: 'other-keys',
    },
    { title: 'Der Server gibt keine Einmalschlüssel heraus.', defect: noOneTimeKeys, expectFinding: 'not-decrypted' },
  ],
  run: async (context) => {
    const isLast = isTo('/keys/upload');
    // Alice's keys arrived, carol's did not.
    const deaths = {
      alice: dyingAt({ moment: 'beforeAnswer', isLast }),
      carol: dyingAt({ moment: 'beforeArrival', isLast }),
    };
    const [bob, alice, carol] = await Promise.all([
      context.device('bob'),
      reviving(context, 'alice', deaths.alice),
      reviving(context, 'carol', deaths.carol),
    ]);
    if (!deaths.alice.isDead() || !deaths.carol.isDead())
      return inconclusive('void: Nicht jedes Gerät endete beim Hochladen seiner Schlüssel.');
    await Promise.all(Object.values(deaths).map((death) => death.waitForRepetition()));
    const findings = Object.entries(deaths).flatMap(([person, death]) => [
      ...expectAccepted(death, `${person}, /keys/upload`),
      ...expectSameKeys(death, person),
    ]);
    if ('code' in alice || 'code' in carol)
      return outcomeOf([...findings, ...[alice, carol].flatMap((back) => ('code' in back ? [back] : []))], '');
    const invite = [alice.userId, carol.userId];
    const roomId = await bob.createEncryptedRoom({ name: `Prüfraum ${context.random.word(12)}`, invite });
    for (const to of [alice, carol]) {
      await to.joinRoom(roomId);
      await bob.waitForMember(roomId, to.userId);
    }
    const text = `Nach dem Abbruch ${context.random.word(12)}`;
    for (const to of [alice, carol]) findings.push(...(await deliver({ from: bob, to, roomId, text })));
    return outcomeOf(findings, 'Beide luden dieselben Schlüssel erneut hoch, nichts wurde abgewiesen, beide lesen.');
  },
};

function expectSameKeys({ said }: Death, person: string): readonly Finding[] {
  const [first, ...rest] = said;
  if (first === undefined) return [];
  const before = keysIn(first);
  const changed = rest.flatMap((word) =>
    [...keysIn(word)].flatMap(([id, key]) => (before.has(id) && !isDeepStrictEqual(before.get(id), key) ? [id] : [])),
  );
  return changed.length === 0
    ? []
    : [
        {
          code: 'other-keys',
          title: 'Ein Gerät lädt nach einem Abbruch andere Schlüssel unter denselben Namen hoch.',
          expected: 'Jeder Schlüssel ist derselbe wie vor dem Abbruch.',
          observed: `${changed.length} Schlüssel sind andere.`,
          where: `${person}, /keys/upload`,
        },
      ];
}

/** Public keys in an upload, by name. */
function keysIn({ request }: LastWord): ReadonlyMap<string, unknown> {
  const body = typeof request.body === 'string' ? parsedJson(request.body) : undefined;
  const parts = isJsonObject(body) ? [body['one_time_keys'], body['fallback_keys'], deviceKeysIn(body)] : [];
  return new Map(
    parts
      .filter(isJsonObject)
      .flatMap((part) => Object.entries(part))
      .map(([id, key]) => [id, isJsonObject(key) ? key['key'] : key]),
  );
}

const deviceKeysIn = (body: Readonly<Record<string, unknown>>) =>
  isJsonObject(body['device_keys']) ? body['device_keys']['keys'] : undefined;
