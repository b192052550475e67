import { parsedJson } from '../../../core/parsed-json.ts';
import { type Alteration, alterJson, isJsonObject, type JsonObject, withText } from '../../lib/alteration.ts';
import { createSigningKey } from './signing.ts';

export interface ForeignIdentity {
  /** The master key, which belongs to the homeserver and not to the person. */
  readonly publicKey: string;
  readonly alteration: Alteration;
}

/**
 * The homeserver makes up an identity for a person: it vouches for all the person's devices, and its signatures are valid.
 * `name` is what the master key goes by; the specification wants its own public half.
 */
export function makeUpIdentity(userId: string, name?: string): ForeignIdentity {
  const [master, selfSigning] = [createSigningKey(), createSigningKey()];
  const masterName = name ?? master.publicKey;
  const masterKey = keyOf(userId, { usage: 'master', name: masterName, publicKey: master.publicKey });
  const { publicKey } = selfSigning;
  const bareSelfSigning = keyOf(userId, { usage: 'self_signing', name: publicKey, publicKey });
  const selfSigningKey = master.signed(bareSelfSigning, userId, masterName);
  const vouched = (object: JsonObject): JsonObject =>
    object['user_id'] === userId && 'device_id' in object ? selfSigning.signed(object, userId, publicKey) : object;
  return {
    publicKey: master.publicKey,
    alteration: ({ request, answer }) => {
      if (!new URL(request.url).pathname.endsWith('/keys/query')) return answer;
      const body = parsedJson(alterJson(answer, vouched).text());
      if (!isJsonObject(body) || !isJsonObject(body['master_keys']) || !(userId in body['master_keys'])) return answer;
      const swapped = {
        ...body,
        master_keys: { ...body['master_keys'], [userId]: masterKey },
        self_signing_keys: { ...listIn(body, 'self_signing_keys'), [userId]: selfSigningKey },
      };
      return withText(answer, JSON.stringify(swapped));
    },
  };
}

interface NamedKey {
  readonly usage: string;
  readonly name: string;
  readonly publicKey: string;
}

const keyOf = (userId: string, { usage, name, publicKey }: NamedKey): JsonObject => ({
  user_id: userId,
  usage: [usage],
  keys: { [`ed25519:${name}`]: publicKey },
});

const listIn = (body: JsonObject, key: string): JsonObject => {
  const list = body[key];
  return isJsonObject(list) ? list : {};
};
