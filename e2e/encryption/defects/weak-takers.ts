import type { CryptoDevice } from '../../lib/crypto-device.ts';

/** A device that takes the n-th room key it is told, by whatever way. What it then reads it really decrypts: forged keys have to be sound. */
export const takingToldKey =
  (n: number) =>
  ({ importRoomKey }: CryptoDevice): Partial<CryptoDevice> => {
    let told = 0;
    return {
      takeToldKey: async (key) => {
        told += 1;
        if (told === n) await importRoomKey(key);
      },
    };
  };

/** A device that takes every key of a backup it is told, and with it the backup. */
export const takingToldBackupKey = ({ keepBackupKey }: CryptoDevice): Partial<CryptoDevice> => ({
  takeToldBackupKey: keepBackupKey,
});

/** A device that opens the n-th file whose checksum does not fit. */
export const openingAltered =
  (n: number) =>
  ({ fetchFile, fetchFileUnchecked }: CryptoDevice): Partial<CryptoDevice> => {
    let refused = 0;
    return {
      fetchFile: async (roomId, eventId) => {
        const file = await fetchFile(roomId, eventId);
        if (file.kind !== 'refused') return file;
        refused += 1;
        return refused === n ? fetchFileUnchecked(roomId, eventId) : file;
      },
    };
  };
