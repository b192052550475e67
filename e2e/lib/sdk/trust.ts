import type { MatrixClient } from 'matrix-js-sdk';
import {
  AllDevicesIsolationMode,
  CryptoEvent,
  EventShieldColour,
  EventShieldReason,
  OnlySignedDevicesIsolationMode,
} from 'matrix-js-sdk/lib/crypto-api/index.js';
import { RigError } from '../../../core/model/rig-error.ts';
import type { CryptoDevice, Shield } from '../crypto-device.ts';
import type { DeviceTools, OnChange } from './device.ts';
import { waitForAnswer } from './wait-for-answer.ts';

type TrustMethods = Pick<
  CryptoDevice,
  | 'sendOnlyToVerified'
  | 'sendOnlyToSigned'
  | 'shieldOf'
  | 'markDevice'
  | 'devicesOf'
  | 'hasVerified'
  | 'waitForTrust'
  | 'isSignedByOwner'
  | 'knowsIdentityOf'
  | 'isIdentityReady'
  | 'waitForSignature'
>;

/** Whom a device believes, and whom it sends keys. */
export function trustOf(client: MatrixClient, { call, wait }: DeviceTools): TrustMethods {
  const crypto = () => {
    const api = client.getCrypto();
    if (api === undefined) throw new RigError('defect', 'the device was asked before its cryptography had started');
    return api;
  };
  const hasVerified: CryptoDevice['hasVerified'] = async (userId) =>
    (await crypto().getUserVerificationStatus(userId)).isCrossSigningVerified();
  const knowsIdentityOf: CryptoDevice['knowsIdentityOf'] = (userId) =>
    call('keys/query', () => crypto().userHasCrossSigningKeys(userId, true));
  const isSignedByOwner: CryptoDevice['isSignedByOwner'] = async (userId, deviceId) =>
    (await crypto().getDeviceVerificationStatus(userId, deviceId))?.signedByOwner ?? false;
  return {
    sendOnlyToVerified: (only) => {
      crypto().globalBlacklistUnverifiedDevices = only;
    },
    sendOnlyToSigned: (only) => {
      crypto().setDeviceIsolationMode(only ? new OnlySignedDevicesIsolationMode() : new AllDevicesIsolationMode(false));
    },
    shieldOf: async (roomId, eventId) => {
      const event = client.getRoom(roomId)?.findEventById(eventId);
      const info = event && (await crypto().getEncryptionInfoForEvent(event));
      return info ? shieldFrom(info.shieldColour, info.shieldReason) : undefined;
    },
    markDevice: (userId, deviceId, isVerified) =>
      call('verify device', () => crypto().setDeviceVerified(userId, deviceId, isVerified)),
    devicesOf: async (userId) => {
      // Of its owner the library answers from what /sync has told so far; this makes it ask.
      if (userId === client.getUserId()) await knowsIdentityOf(userId);
      const devices = await call('keys/query', () => crypto().getUserDeviceInfo([userId], true));
      return [...(devices.get(userId)?.keys() ?? [])].toSorted();
    },
    hasVerified,
    waitForTrust: (userId) => waitForAnswer(wait, () => hasVerified(userId), keyChangesOf(client)),
    knowsIdentityOf,
    isIdentityReady: async () => {
      const { publicKeysOnDevice, privateKeysCachedLocally: held } = await crypto().getCrossSigningStatus();
      return publicKeysOnDevice && held.masterKey && held.selfSigningKey && held.userSigningKey;
    },
    isSignedByOwner,
    waitForSignature: (userId, deviceId) =>
      waitForAnswer(wait, () => isSignedByOwner(userId, deviceId), keyChangesOf(client)),
  };
}

/** What the library tells when it has learnt of keys or signatures. */
const keyChanges = [CryptoEvent.UserTrustStatusChanged, CryptoEvent.KeysChanged, CryptoEvent.DevicesUpdated] as const;

const keyChangesOf =
  (client: MatrixClient): OnChange =>
  (listener) => {
    for (const event of keyChanges) client.on(event, listener);
    return () => {
      for (const event of keyChanges) client.off(event, listener);
    };
  };

const colours: Readonly<Record<EventShieldColour, Shield['colour']>> = {
  [EventShieldColour.NONE]: 'none',
  [EventShieldColour.GREY]: 'grey',
  [EventShieldColour.RED]: 'red',
};

const shieldFrom = (colour: EventShieldColour, reason: EventShieldReason | null): Shield => ({
  colour: colours[colour],
  ...(reason !== null && { reason: EventShieldReason[reason] }),
});
