import { type MatrixClient, MatrixError, Method } from 'matrix-js-sdk';
import { decodeRecoveryKey } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { RigError } from '../../../core/model/rig-error.ts';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';
import type { RecoveryKey } from './recovery-key.ts';

type SecretMethods = Pick<CryptoDevice, 'exportSecrets' | 'takeOverIdentity' | 'accountData'>;

interface SecretTools extends DeviceTools {
  /** What a person would type when the device asks for it. */
  readonly recoveryKey: RecoveryKey;
}

/** As the library writes it; its own type for it is not published with it. */
interface SecretsBundle {
  readonly cross_signing: {
    readonly master_key: string;
    readonly self_signing_key: string;
    readonly user_signing_key: string;
  };
  readonly backup?: { readonly key: string };
}

/** The person's own secrets, on the device and in the server's keeping. */
export function secretsOf(client: MatrixClient, { call, recoveryKey }: SecretTools): SecretMethods {
  const crypto = () => {
    const api = client.getCrypto();
    if (api === undefined) throw new RigError('defect', 'the device was asked before its cryptography had started');
    return api;
  };
  return {
    exportSecrets: async () => {
      const bundle: SecretsBundle | undefined = await crypto().exportSecretsBundle?.();
      if (bundle === undefined) throw new RigError('defect', 'the library does not hand out its secrets');
      const { master_key: master, self_signing_key: self, user_signing_key: user } = bundle.cross_signing;
      return [
        { name: 'm.cross_signing.master', key: master },
        { name: 'm.cross_signing.self_signing', key: self },
        { name: 'm.cross_signing.user_signing', key: user },
        ...(bundle.backup ? [{ name: 'm.megolm_backup.v1', key: bundle.backup.key }] : []),
      ];
    },
    takeOverIdentity: async (words) => {
      recoveryKey.type(decodeRecoveryKey(words));
      // The library compares what it opens with the public identity and does not fetch that by itself.
      await call('keys/query', () => crypto().userHasCrossSigningKeys(client.getSafeUserId(), true));
      try {
        await call('keys/signatures/upload', () => crypto().bootstrapCrossSigning({}));
        return true;
      } catch (thrown) {
        if (!(thrown instanceof Error) || thrown instanceof RigError) throw thrown;
        return false;
      }
    },
    accountData: (type) => {
      const path = `/user/${encodeURIComponent(client.getSafeUserId())}/account_data/${encodeURIComponent(type)}`;
      // The library would answer from what it has seen in /sync.
      return call('GET account_data', () => client.http.authedRequest<unknown>(Method.Get, path).catch(nothing));
    },
  };
}

function nothing(thrown: unknown): undefined {
  if (thrown instanceof MatrixError && thrown.httpStatus === 404) return undefined;
  throw thrown;
}
