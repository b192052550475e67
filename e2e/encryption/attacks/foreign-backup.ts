import type { Finding } from '../../../core/model/finding.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';

/** The device neither uses a backup nor keeps the key of one that the person did not set up. */
export async function expectNoBackup(device: CryptoDevice): Promise<readonly Finding[]> {
  // A library that takes a key asks the server for its backup first; what is asked after it is answered later.
  const version = await device.backupInUse();
  return [...expectNoSecret(await device.heldBackupKey()), ...expectNotAdopted(version)];
}

const expectNotAdopted = (version: string | undefined): readonly Finding[] =>
  version === undefined
    ? []
    : [
        {
          code: 'backup-adopted',
          title: 'Das Gerät benutzt eine Schlüsselsicherung, die nicht von der Person stammt.',
          expected: 'Es benutzt keine Sicherung ohne gültige Unterschrift der Person.',
          observed: `Es benutzt die Fassung ${version}.`,
          where: 'room_keys/version',
        },
      ];

const expectNoSecret = (key: string | undefined): readonly Finding[] =>
  key === undefined
    ? []
    : [
        {
          code: 'secret-taken',
          title: 'Das Gerät nimmt den Schlüssel einer untergeschobenen Sicherung an.',
          expected:
            'Es verwirft m.secret.send, wenn es nicht gefragt hat oder das antwortende Gerät nicht bestätigt ist.',
          observed: 'Es hat den Schlüssel behalten.',
          where: 'm.secret.send',
        },
      ];
