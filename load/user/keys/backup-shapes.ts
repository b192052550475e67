type Filler = (characters: number) => string;

/** One encrypted room key in the size of a real one, about 0.6 KB. */
export function backupSession(filler: Filler): object {
  return {
    first_message_index: 0,
    forwarded_count: 0,
    is_verified: true,
    session_data: { ephemeral: filler(43), ciphertext: filler(460), mac: filler(11) },
  };
}

export const defaultKeyType = 'm.secret_storage.default_key';
const keyId = 'PruefstandSecretStorageKeyOfTheLoad';

/** The secrets a new device needs, encrypted for secret storage. */
export const secretTypes = [
  'm.megolm_backup.v1',
  'm.cross_signing.master',
  'm.cross_signing.self_signing',
  'm.cross_signing.user_signing',
];

export const secretKeyType = `m.secret_storage.key.${keyId}`;

/** Type and content of all account data that secret storage consists of. */
export function secretContents(filler: Filler): readonly (readonly [string, object])[] {
  const secret = () => ({ encrypted: { [keyId]: { iv: filler(22), ciphertext: filler(58), mac: filler(43) } } });
  return [
    [defaultKeyType, { key: keyId }],
    [secretKeyType, { algorithm: 'm.secret_storage.v1.aes-hmac-sha2', iv: filler(22), mac: filler(43) }],
    ...secretTypes.map((type) => [type, secret()] as const),
  ];
}
