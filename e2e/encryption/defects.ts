import { type Alteration, alterJson, isJsonObject, type JsonObject } from '../lib/alteration.ts';

/** The homeserver keeps from every device that rooms are encrypted. */
export const hiddenEncryptionState: Alteration = ({ answer }) =>
  alterJson(answer, (object) => (object['type'] === 'm.room.encryption' ? undefined : object));

/** The homeserver changes one character of every ciphertext that the named device receives; where, as a share of its length. */
export const brokenCiphertextFor =
  (person: string, at = middle): Alteration =>
  ({ device, answer }) =>
    device === person ? alterJson(answer, (object) => brokenCiphertext(object, at)) : answer;

/** Where the encrypted text stands, behind the header and before the signature. */
const middle = 0.5;

/** The homeserver tells devices another encryption method than the one the sender used. */
export const otherAlgorithmTold: Alteration = ({ answer }) =>
  alterJson(answer, (object) =>
    isMegolmEvent(object) ? { ...object, content: { ...object.content, algorithm: 'org.example.weak.v1' } } : object,
  );

function brokenCiphertext(object: JsonObject, at: number): JsonObject {
  if (!isMegolmEvent(object)) return object;
  const { ciphertext } = object.content;
  return { ...object, content: { ...object.content, ciphertext: withOtherCharacter(String(ciphertext), at) } };
}

type MegolmEvent = JsonObject & { readonly content: JsonObject };

const isMegolmEvent = (object: JsonObject): object is MegolmEvent =>
  object['type'] === 'm.room.encrypted' &&
  isJsonObject(object['content']) &&
  object['content']['algorithm'] === 'm.megolm.v1.aes-sha2';

function withOtherCharacter(ciphertext: string, at: number): string {
  const index = Math.floor(ciphertext.length * at);
  const other = ciphertext.charAt(index) === 'A' ? 'B' : 'A';
  return ciphertext.slice(0, index) + other + ciphertext.slice(index + 1);
}
