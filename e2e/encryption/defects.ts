import { type Alteration, alterJson, isJsonObject, type JsonObject } from '../lib/alteration.ts';

/** The homeserver keeps from every device that rooms are encrypted. */
export const hiddenEncryptionState: Alteration = ({ answer }) =>
  alterJson(answer, (object) => (object['type'] === 'm.room.encryption' ? undefined : object));

/** The homeserver changes one character of every ciphertext that the named device receives. */
export const brokenCiphertextFor =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person ? alterJson(answer, brokenCiphertext) : answer;

/** The homeserver tells devices another encryption method than the one the sender used. */
export const otherAlgorithmTold: Alteration = ({ answer }) =>
  alterJson(answer, (object) =>
    isMegolmEvent(object) ? { ...object, content: { ...object.content, algorithm: 'org.example.weak.v1' } } : object,
  );

function brokenCiphertext(object: JsonObject): JsonObject {
  if (!isMegolmEvent(object)) return object;
  const { ciphertext } = object.content;
  return { ...object, content: { ...object.content, ciphertext: withOtherCharacter(String(ciphertext)) } };
}

type MegolmEvent = JsonObject & { readonly content: JsonObject };

const isMegolmEvent = (object: JsonObject): object is MegolmEvent =>
  object['type'] === 'm.room.encrypted' &&
  isJsonObject(object['content']) &&
  object['content']['algorithm'] === 'm.megolm.v1.aes-sha2';

/** In the middle, where the encrypted text stands, behind the header and before the signature. */
function withOtherCharacter(ciphertext: string): string {
  const middle = Math.floor(ciphertext.length / 2);
  const other = ciphertext.charAt(middle) === 'A' ? 'B' : 'A';
  return ciphertext.slice(0, middle) + other + ciphertext.slice(middle + 1);
}
