import { type MatrixClient, MatrixError } from 'matrix-js-sdk';
import {
  AllDevicesIsolationMode,
  CryptoEvent,
  type UserVerificationStatus,
} from 'matrix-js-sdk/lib/crypto-api/index.js';
import { RigError } from '../../../core/model/rig-error.ts';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools, OnChange } from './device.ts';
import { waitForAnswer } from './wait-for-answer.ts';

type IdentityMethods = Pick<
  CryptoDevice,
  | 'resetIdentity'
  | 'waitForIdentityChange'
  | 'showsIdentityChange'
  | 'acceptIdentity'
  | 'refuseBrokenTrust'
  | 'sendUnlessRefused'
>;

interface IdentityTools extends DeviceTools {
  /** Keeps a text out of the device's log. */
  hide(text: string): void;
  readonly password: string | undefined;
}

/** What becomes of trust when a person's identity is no longer the one that was known. */
export function identityChangesOf(
  client: MatrixClient,
  { call, wait, hide, password }: IdentityTools,
): IdentityMethods {
  const crypto = () => {
    const api = client.getCrypto();
    if (api === undefined) throw new RigError('defect', 'the device was asked before its cryptography had started');
    return api;
  };
  const showsIdentityChange: CryptoDevice['showsIdentityChange'] = async (userId) =>
    isChanged(await crypto().getUserVerificationStatus(userId));
  const onTrustChange: OnChange = (listener) => {
    client.on(CryptoEvent.UserTrustStatusChanged, listener);
    return () => client.off(CryptoEvent.UserTrustStatusChanged, listener);
  };
  return {
    resetIdentity: () =>
      call('keys/device_signing/upload', () =>
        crypto().bootstrapCrossSigning({
          setupNewCrossSigning: true,
          authUploadDeviceSigningKeys: provingWith(client.getSafeUserId(), password),
        }),
      ),
    waitForIdentityChange: (userId) => waitForAnswer(wait, () => showsIdentityChange(userId), onTrustChange),
    showsIdentityChange,
    acceptIdentity: async (userId) => {
      await crypto().withdrawVerificationRequirement(userId);
      await crypto().pinCurrentUserIdentity(userId);
    },
    refuseBrokenTrust: (refuse) => crypto().setDeviceIsolationMode(new AllDevicesIsolationMode(refuse)),
    sendUnlessRefused: async (roomId, text) => {
      hide(text);
      try {
        const { event_id: eventId } = await call('send', () => client.sendTextMessage(roomId, text));
        return { kind: 'sent', eventId };
      } catch (thrown) {
        if (!(thrown instanceof Error) || thrown instanceof RigError || thrown instanceof MatrixError) throw thrown;
        return { kind: 'refused', reason: thrown.message };
      }
    },
  };
}

/** Another identity than the one first seen, and not verified in its turn. */
const isChanged = (status: UserVerificationStatus) =>
  status.needsUserApproval || (status.wasCrossSigningVerified() && !status.isCrossSigningVerified());

type Proof = (
  upload: (auth: { readonly type: string; readonly [member: string]: unknown } | null) => Promise<void>,
) => Promise<void>;

/** As a person does it: asked by the server who they are, they type the password. */
const provingWith =
  (userId: string, password: string | undefined): Proof =>
  async (upload) => {
    try {
      await upload(null);
    } catch (thrown) {
      if (!(thrown instanceof MatrixError) || thrown.httpStatus !== 401 || password === undefined) throw thrown;
      const identifier = { type: 'm.id.user', user: userId };
      await upload({ type: 'm.login.password', session: thrown.data['session'], identifier, password });
    }
  };
