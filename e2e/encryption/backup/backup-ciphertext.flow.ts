import type { HttpSend } from '../../../core/http/http.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { isJsonObject, type JsonObject } from '../../lib/alteration.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionFlow } from '../context.ts';
import { meetInEncryptedRoom } from '../meeting.ts';
import { expectKeyKept, leakRoomKeys, watchRoomKey } from '../open-keys.ts';
import { alteringSessions, alteringVersion } from './backup-answers.ts';
import { newDeviceOfAlice } from './with-backup.ts';

/** A device that also puts the room keys where everybody may read them. */
const leaking = (device: CryptoDevice): Partial<CryptoDevice> => ({
  setUpBackup: async () => {
    await leakRoomKeys(device);
    return device.setUpBackup();
  },
});

/** The keeper of the backup can neither read it nor put another in its place: closed content, signed by the person. */
export const backupCiphertext: EncryptionFlow = {
  meta: {
    id: 'encryption.backup.backup-ciphertext',
    title: 'Die Schlüsselsicherung liegt auf dem Server nur verschlüsselt und ist von der Person unterschrieben.',
    requirements: ['VE-15', 'VE-16'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#backup-algorithm-mmegolm_backupv1curve25519-aes-sha2',
    standing: 'normative',
    rows: ['e2e-backup-ciphertext'],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice legt die Raumschlüssel auch offen ab.',
      defect: { person: 'alice', skips: 'closedSecrets', weakened: leaking },
      expectFinding: 'key-on-wire',
    },
    {
      title: 'Die Sicherung enthält neben dem Geheimtext einen offenen Schlüssel.',
      defect: alteringSessions((data) => ({ ...data, session_key: 'offen' })),
      expectFinding: 'open-content',
    },
    {
      title: 'Die Sicherung trägt keine Unterschrift.',
      defect: alteringVersion(({ signatures: _, ...data }) => data),
      expectFinding: 'not-signed',
    },
  ],
  run: async (context) => {
    const { alice, bob, roomId } = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
    const eventId = await bob.sendText(roomId, `Aus früherer Zeit ${context.random.word(12)}`);
    await alice.waitForMessage(roomId, eventId);
    const key = await watchRoomKey(context, alice, roomId);
    if (key === undefined) return inconclusive('void: Das Gerät hat keinen Raumschlüssel, der zu sichern wäre.');
    const recoveryKey = await alice.setUpBackup();
    const kept: JsonObject[] = [];
    const phone = await newDeviceOfAlice(context, roomId, { between: keepingAnswers(kept) });
    await phone.restoreBackup(recoveryKey);
    const sessions = kept.flatMap(sessionDataIn);
    const authData = kept.map((body) => body['auth_data']).filter(isJsonObject);
    if (key.name.length === 0)
      return inconclusive('void: Die Suche fand auch die offene Kennung des Schlüssels nicht.');
    if (sessions.length === 0 || authData.length === 0) return inconclusive('void: Die Sicherung war nicht zu sehen.');
    return outcomeOf(
      [...expectKeyKept(key), ...expectClosedContent(sessions), ...expectSigned(authData, alice.userId)],
      `${sessions.length} gesicherte Schlüssel, nur Geheimtext; die Sicherung ist unterschrieben.`,
    );
  },
};

/** Keeps what the homeserver answers about the backup. */
const keepingAnswers =
  (kept: JsonObject[]) =>
  (send: HttpSend): HttpSend =>
  async (request) => {
    const answer = await send(request);
    const body = request.url.includes('/room_keys/') ? parsedJson(answer.text()) : undefined;
    if (isJsonObject(body)) kept.push(body);
    return answer;
  };

const valuesOf = (value: unknown): readonly unknown[] => (isJsonObject(value) ? Object.values(value) : []);

const sessionDataIn = ({ rooms }: JsonObject): readonly JsonObject[] =>
  valuesOf(rooms)
    .flatMap((room) => (isJsonObject(room) ? valuesOf(room['sessions']) : []))
    .flatMap((session) =>
      isJsonObject(session) && isJsonObject(session['session_data']) ? [session['session_data']] : [],
    );

const closedMembers = new Set(['ciphertext', 'ephemeral', 'mac']);

function expectClosedContent(sessions: readonly JsonObject[]): readonly Finding[] {
  const others = new Set(sessions.flatMap((data) => Object.keys(data)).filter((name) => !closedMembers.has(name)));
  return [...others].toSorted().map((name) => ({
    code: 'open-content',
    title: 'In der Schlüsselsicherung steht mehr als Geheimtext.',
    expected: `Nur ${[...closedMembers].join(', ')}.`,
    observed: `Auch ${name}.`,
    where: `session_data.${name}`,
  }));
}

function expectSigned(authData: readonly JsonObject[], userId: string): readonly Finding[] {
  const isSigned = authData.every(
    ({ signatures }) => isJsonObject(signatures) && valuesOf(signatures[userId]).some((one) => typeof one === 'string'),
  );
  return isSigned
    ? []
    : [
        {
          code: 'not-signed',
          title: 'Die Schlüsselsicherung trägt keine Unterschrift der Person.',
          expected: 'Die Angaben zur Sicherung sind von einem Gerät oder der Identität der Person unterschrieben.',
          observed: 'Keine Unterschrift.',
          where: 'auth_data.signatures',
        },
      ];
}
