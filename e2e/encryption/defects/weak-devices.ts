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
