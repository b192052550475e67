import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { type Alteration, alterJson, isJsonObject, type JsonObject, withText } from '../../lib/alteration.ts';
import type { CryptoDevice, Secret } from '../../lib/crypto-device.ts';
import { formsIn, formsOf } from '../../lib/wire/word-forms.ts';
import type { EncryptionFlow } from '../context.ts';

/** What a person must find again with the recovery key alone. */
const names = [
  'm.cross_signing.master',
  'm.cross_signing.self_signing',
  'm.cross_signing.user_signing',
  'm.megolm_backup.v1',
] as const;

/** What the homeserver tells a device that asks for one entry it keeps for the person. */
const alteringEntry =
  (name: string, change: (content: JsonObject) => JsonObject): Alteration =>
  ({ device, request, answer }) =>
    device === 'alice' && isQuestionFor(name, request.url)
      ? withText(answer, JSON.stringify(change(parsedObject(answer.text()))))
      : answer;

/** The same for a new device, which also sees the entry in /sync. */
const alteringEntryForPhone =
  (name: string, change: (content: JsonObject) => JsonObject): Alteration =>
  ({ device, request, answer }) => {
    if (device !== 'alice (Telefon)') return answer;
    if (isQuestionFor(name, request.url)) return withText(answer, JSON.stringify(change(parsedObject(answer.text()))));
    return alterJson(answer, (object) =>
      object['type'] === name && isJsonObject(object['content'])
        ? { ...object, content: change(object['content']) }
        : object,
    );
  };

const isQuestionFor = (name: string, url: string) => decodeURIComponent(url).endsWith(`/account_data/${name}`);

const parsedObject = (text: string): JsonObject => {
  const value = parsedJson(text);
  return isJsonObject(value) ? value : {};
};

const withOtherChecksum = ({ encrypted }: JsonObject): JsonObject => ({
  encrypted: Object.fromEntries(
    Object.entries(isJsonObject(encrypted) ? encrypted : {}).map(([id, closed]) => [
      id,
      { ...(isJsonObject(closed) && closed), mac: 'A'.repeat(43) },
    ]),
  ),
});

/** A device that also puts the secrets where everybody may read them. */
const leaking = (device: CryptoDevice): Partial<CryptoDevice> => ({
  setUpBackup: async () => {
    for (const { key } of await device.exportSecrets()) await device.createEncryptedRoom({ name: key, invite: [] });
    return device.setUpBackup();
  },
});

/** Whoever loses every device comes back with the recovery key: then everything must lie with the server, and closed. */
export const secretStorage: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.secret-storage',
    title:
      'Die Schlüssel der Identität und der Sicherung liegen vollständig und nur verschlüsselt beim Server; mit dem Wiederherstellungsschlüssel übernimmt ein neues Gerät die Identität.',
    requirements: ['VE-05', 'VE-15', 'VE-17'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#secrets',
    standing: 'normative',
    rows: ['e2e-xsign-bootstrap'],
  },
  counterexamples: [
    {
      title: 'Der Server nennt keinen Schlüssel, mit dem die Geheimnisse verschlossen sind.',
      defect: alteringEntry('m.secret_storage.default_key', () => ({})),
      expectFinding: 'no-default-key',
    },
    {
      title: 'Beim Server fehlt der Schlüssel, mit dem die Person für andere bürgt.',
      defect: alteringEntry('m.cross_signing.user_signing', () => ({})),
      expectFinding: 'secret-missing',
    },
    {
      title: 'Das Gerät von alice legt die Geheimnisse auch offen ab.',
      defect: { person: 'alice', skips: 'closedSecrets', weakened: leaking },
      expectFinding: 'raw-secret',
    },
    {
      title: 'Der Server gibt den Schlüssel, mit dem die Person für ihre Geräte bürgt, verändert zurück.',
      defect: alteringEntryForPhone('m.cross_signing.self_signing', withOtherChecksum),
      expectFinding: 'not-taken-over',
    },
  ],
  run: async (context) => {
    const alice = await context.device('alice');
    if (!(await alice.isIdentityReady())) return inconclusive('void: Schon das erste Gerät hat keine Identität.');
    const control = context.wire.watch(alice.userId);
    const watches = (await alice.exportSecrets()).map(({ name, key }) => ({ name, ...context.wire.watch(key) }));
    const recoveryKey = await alice.setUpBackup();
    const kept = await keptFor(alice);
    if (control.sightings.length === 0) return inconclusive('void: Die Suche fand auch die offene Kennung nicht.');
    const findings = [
      ...expectDefaultKey(kept),
      ...expectClosed(kept),
      ...watches.flatMap(({ name, sightings }) => sightings.map(({ operation }) => rawSecret(name, operation))),
      ...expectNotRaw(kept, await alice.exportSecrets()),
    ];
    if (findings.length > 0) return outcomeOf(findings, '');
    const phone = await context.device('alice', { name: 'Telefon' });
    const isTakenOver = await phone.takeOverIdentity(recoveryKey);
    await alice.devicesOf(alice.userId);
    const isSigned = isTakenOver && (await alice.waitForSignature(alice.userId, phone.deviceId));
    return outcomeOf(
      isSigned && (await phone.isIdentityReady()) ? [] : [notTakenOver],
      `${names.length} Geheimnisse liegen verschlossen beim Server; das neue Gerät übernahm mit dem Wiederherstellungsschlüssel die Identität.`,
    );
  },
};

interface Kept {
  /** Name of the key that closes the secrets. */
  readonly keyId: string | undefined;
  /** How that key works. */
  readonly description: unknown;
  readonly secrets: readonly { readonly name: string; readonly content: unknown }[];
}

async function keptFor(device: CryptoDevice): Promise<Kept> {
  const told = await device.accountData('m.secret_storage.default_key');
  const keyId = isJsonObject(told) && typeof told['key'] === 'string' ? told['key'] : undefined;
  const description = keyId && (await device.accountData(`m.secret_storage.key.${keyId}`));
  const secrets = await Promise.all(names.map(async (name) => ({ name, content: await device.accountData(name) })));
  return { keyId, description, secrets };
}

const expectDefaultKey = ({ keyId, description }: Kept): readonly Finding[] =>
  keyId !== undefined && isJsonObject(description) && description['algorithm'] === 'm.secret_storage.v1.aes-hmac-sha2'
    ? []
    : [
        {
          code: 'no-default-key',
          title: 'Beim Server steht nicht, mit welchem Schlüssel die Geheimnisse einer Person verschlossen sind.',
          expected: 'Ein Standardschlüssel mit dem Verfahren m.secret_storage.v1.aes-hmac-sha2.',
          observed: keyId === undefined ? 'Kein Standardschlüssel.' : 'Kein oder ein anderes Verfahren.',
          where: 'm.secret_storage.default_key',
        },
      ];

/** Each secret is there, closed with the person's key. */
function expectClosed({ keyId = '', secrets }: Kept): readonly Finding[] {
  const isClosed = (content: unknown) => {
    const encrypted = isJsonObject(content) && isJsonObject(content['encrypted']) ? content['encrypted'][keyId] : {};
    return isJsonObject(encrypted) && ['iv', 'ciphertext', 'mac'].every((part) => typeof encrypted[part] === 'string');
  };
  return secrets
    .filter(({ content }) => !isClosed(content))
    .map(({ name }) => ({
      code: 'secret-missing',
      title: 'Ein Geheimnis der Person liegt nicht verschlossen beim Server.',
      expected: 'Geheimtext mit Prüfsumme unter dem Standardschlüssel.',
      observed: 'Er fehlt.',
      where: name,
    }));
}

function expectNotRaw({ secrets }: Kept, keys: readonly Secret[]): readonly Finding[] {
  const text = JSON.stringify(secrets);
  return keys
    .filter(({ key }) => formsIn(text, formsOf(key)).length > 0)
    .map(({ name }) => rawSecret(name, 'account_data'));
}

const rawSecret = (name: string, place: string): Finding => ({
  code: 'raw-secret',
  title: 'Ein Geheimnis der Person ging offen über den Draht.',
  expected: 'Geheimnisse verlassen das Gerät nur verschlüsselt.',
  observed: 'Es stand offen im Inhalt.',
  where: `${name}, ${place}`,
});

const notTakenOver: Finding = {
  code: 'not-taken-over',
  title: 'Ein neues Gerät kann die Identität nicht mit dem Wiederherstellungsschlüssel übernehmen.',
  expected: 'Es hält danach alle drei Schlüssel der Identität und ist von ihr unterschrieben.',
  observed: 'Das ist nicht der Fall.',
  where: 'alice (Telefon)',
};
