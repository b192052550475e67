import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { WeakDevice } from '../context.ts';

/** Finds nothing of what it had stored when it is started again. */
export const forgetful = (person: string): WeakDevice => ({
  person,
  skips: 'memory',
  forgetsStore: true,
  weakened: () => ({}),
});

/** Takes a new key for every message. */
export const renewingAlways = (person: string): WeakDevice => ({
  person,
  skips: 'dueRenewal',
  weakened: ({ sendText, forgetSession }: CryptoDevice) => ({
    sendText: async (roomId, text) => {
      await forgetSession(roomId);
      return sendText(roomId, text);
    },
  }),
});

/** Gives its keys to devices nobody verified, too. */
export const excludingNobody = (person: string): WeakDevice => ({
  person,
  skips: 'exclusion',
  weakened: () => ({ sendOnlyToVerified: () => {} }),
});

/** Gives the key it writes with also to those who were in the room and are no longer. */
export const sharingWithDeparted = (person: string): WeakDevice => ({
  person,
  skips: 'exclusion',
  weakened: (device: CryptoDevice) => {
    const seen = new Set<string>();
    return {
      sendText: async (roomId, text) => {
        const present = new Set(await device.membersOf(roomId));
        const departed = [...seen].filter((userId) => !present.has(userId));
        for (const userId of present) seen.add(userId);
        for (const userId of departed) await shareAll(device, userId, roomId);
        return device.sendText(roomId, text);
      },
    };
  },
});

async function shareAll(device: CryptoDevice, userId: string, roomId: string): Promise<void> {
  const keys = (await device.exportRoomKeys()).filter((key) => key.roomId === roomId);
  for (const deviceId of await device.devicesOf(userId)) {
    for (const key of keys) await device.sendClosed({ userId, deviceId }, 'm.room_key', { ...key });
  }
}

/** Takes everybody for verified. */
export const trustingUnseen = (person: string): WeakDevice => ({
  person,
  skips: 'ownJudgement',
  weakened: () => ({ hasVerified: async () => true }),
});

/** Forgets whom its owner verified. */
export const forgettingTrust = (person: string): WeakDevice => ({
  person,
  skips: 'lastingTrust',
  weakened: () => ({ waitForTrust: async () => false }),
});

/** Lacks a key of its owner's identity. */
export const lackingIdentityKey = (person: string): WeakDevice => ({
  person,
  skips: 'lastingTrust',
  weakened: () => ({ isIdentityReady: async () => false }),
});
