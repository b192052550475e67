import type { Session } from '../../core/model/bench.ts';
import type { Random } from '../../core/random.ts';
import type { Answer } from './answer.ts';
import { createSigningKey, type Signed } from './curve-keys.ts';
import type { Tools } from './tools.ts';
import type { Request } from './transport.ts';
import { passwordProof } from './uia.ts';

export const identityPath = '/_matrix/client/v3/keys/device_signing/upload';
export const signaturesPath = '/_matrix/client/v3/keys/signatures/upload';

type Content = Readonly<Record<string, unknown>>;

/** The three keys by which a user vouches for devices and people, as a client publishes them. */
export interface Identity {
  readonly masterKey: Content;
  readonly selfSigningKey: Content;
  readonly userSigningKey: Content;
  /** Names of the keys, which are the public keys themselves. */
  readonly names: { readonly master: string; readonly selfSigning: string; readonly userSigning: string };
  /** The content signed by the key that vouches for the user's own devices. */
  signedBySelf(content: Content): Content & Signed;
  /** The content signed by the key that vouches for other people. */
  signedForOthers(content: Content): Content & Signed;
}

export function createIdentity({ userId }: Pick<Session, 'userId'>, random: Random): Identity {
  const [master, self, user] = [createSigningKey(random), createSigningKey(random), createSigningKey(random)];
  const key = (usage: string, publicKey: string): Content => ({
    user_id: userId,
    usage: [usage],
    keys: { [`ed25519:${publicKey}`]: publicKey },
  });
  const byMaster = { name: userId, keyName: master.publicKey };
  return {
    masterKey: key('master', master.publicKey),
    selfSigningKey: master.signed(key('self_signing', self.publicKey), byMaster),
    userSigningKey: master.signed(key('user_signing', user.publicKey), byMaster),
    names: { master: master.publicKey, selfSigning: self.publicKey, userSigning: user.publicKey },
    signedBySelf: (content) => self.signed(content, { name: userId, keyName: self.publicKey }),
    signedForOthers: (content) => user.signed(content, { name: userId, keyName: user.publicKey }),
  };
}

export const identityBody = ({ masterKey, selfSigningKey, userSigningKey }: Identity): Content => ({
  master_key: masterKey,
  self_signing_key: selfSigningKey,
  user_signing_key: userSigningKey,
});

export function uploadIdentity(request: Request, session: Session, body: unknown): Promise<Answer> {
  return request('POST', identityPath, { session, body });
}

export function uploadSignatures(request: Request, session: Session, body: unknown): Promise<Answer> {
  return request('POST', signaturesPath, { session, body });
}

/** As a person does it: whoever has an identity already, from an earlier check, proves with the password that it may be replaced. */
export async function publishIdentity(
  { request, ownerOf }: Pick<Tools, 'request' | 'ownerOf'>,
  session: Session,
  body: Content,
): Promise<Answer> {
  const answer = await uploadIdentity(request, session, body);
  const owner = ownerOf(session);
  if (answer.status !== 401 || owner?.password === undefined) return answer;
  return uploadIdentity(request, session, { ...body, ...passwordProof(answer, owner, owner.password) });
}
