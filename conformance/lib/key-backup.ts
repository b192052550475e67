import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { premise, premiseString } from './premise.ts';
import type { Tools } from './tools.ts';
import type { Request } from './transport.ts';

export const versionPath = '/_matrix/client/v3/room_keys/version';
export const versionTemplate = '/_matrix/client/v3/room_keys/version/{version}';
export const keysPath = '/_matrix/client/v3/room_keys/keys';
export const roomKeysTemplate = '/_matrix/client/v3/room_keys/keys/{roomId}';
export const sessionKeyTemplate = '/_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}';

export const backupAlgorithm = 'm.megolm_backup.v1.curve25519-aes-sha2';

/** What a client tells about a new backup. The key belongs to nobody. */
export const backupBody = ({ random }: Pick<Tools, 'random'>) => ({
  algorithm: backupAlgorithm,
  auth_data: { public_key: base64Of(random.word(32)), signatures: {} },
});

/** A new, empty backup. Resolves with its version. */
export async function createBackup(
  { request, random }: Pick<Tools, 'request' | 'random'>,
  session: Session,
): Promise<string> {
  const body = backupBody({ random });
  return premiseString(await request('POST', versionPath, { session, body }), ['version']);
}

export async function deleteBackup(request: Request, session: Session, version: string): Promise<void> {
  premise(await request('DELETE', versionTemplate, { params: { version }, session }));
}

export interface KeyQuality {
  readonly first_message_index: number;
  readonly forwarded_count: number;
  readonly is_verified: boolean;
}

const ordinary: KeyQuality = { first_message_index: 0, forwarded_count: 0, is_verified: true };

/** A backed-up key as a client encrypts it; nobody can decrypt it. */
export const backedUpKey = ({ random }: Pick<Tools, 'random'>, quality: Partial<KeyQuality> = {}) => ({
  ...ordinary,
  ...quality,
  session_data: {
    ephemeral: base64Of(random.word(32)),
    ciphertext: base64Of(random.word(48)),
    mac: base64Of(random.word(8)),
  },
});

const base64Of = (text: string): string => Buffer.from(text).toString('base64').replaceAll('=', '');

/** Where in a backup: all of it, one room, one session. */
export interface Place {
  readonly version: string;
  readonly roomId?: string;
  readonly sessionId?: string;
}

/** Asks for, stores or deletes keys at a place. */
export function atBackup(
  request: Request,
  session: Session,
  method: 'GET' | 'PUT' | 'DELETE',
  { version, roomId, sessionId, body }: Place & { readonly body?: unknown },
): Promise<Answer> {
  const params = { ...(roomId !== undefined && { roomId }), ...(sessionId !== undefined && { sessionId }) };
  const template = roomId === undefined ? keysPath : sessionId === undefined ? roomKeysTemplate : sessionKeyTemplate;
  return request(method, template, { params, session, query: { version }, ...(body !== undefined && { body }) });
}
