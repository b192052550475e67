import type { MatrixClient } from 'matrix-js-sdk';
import {
  CryptoEvent,
  VerificationPhase as Phase,
  type VerificationRequest,
  VerificationRequestEvent,
  VerifierEvent,
} from 'matrix-js-sdk/lib/crypto-api/index.js';
import { RigError } from '../../../core/model/rig-error.ts';
import type { CryptoDevice, Verification, VerificationEnd } from '../crypto-device.ts';
import { notSeen } from './call.ts';
import type { DeviceTools, OnChange } from './device.ts';

type VerificationMethods = Pick<CryptoDevice, 'requestOwnVerification' | 'requestVerification' | 'waitForVerification'>;

/** How a device verifies others, and is verified. */
export function verificationsOf(client: MatrixClient, tools: DeviceTools): VerificationMethods {
  const { call, wait } = tools;
  const received: VerificationRequest[] = [];
  client.on(CryptoEvent.VerificationRequestReceived, (request) => void received.push(request));
  const onReceived: OnChange = (listener) => {
    client.on(CryptoEvent.VerificationRequestReceived, listener);
    return () => client.off(CryptoEvent.VerificationRequestReceived, listener);
  };
  const crypto = () => {
    const api = client.getCrypto();
    if (api === undefined) throw new RigError('defect', 'the device was asked before its cryptography had started');
    return api;
  };
  return {
    requestOwnVerification: async () =>
      verificationFrom(await call('m.key.verification.request', () => crypto().requestOwnUserVerification()), tools),
    requestVerification: async (userId, roomId) => {
      await call('keys/query', () => crypto().getUserDeviceInfo([userId], true));
      const request = await call('m.key.verification.request', () => crypto().requestVerificationDM(userId, roomId));
      return verificationFrom(request, tools);
    },
    waitForVerification: async () => {
      const request = await wait(() => received.shift(), onReceived);
      if (request === undefined) throw notSeen(client.getSafeUserId(), 'm.key.verification.request');
      return verificationFrom(request, tools);
    },
  };
}

function verificationFrom(request: VerificationRequest, { call, wait }: DeviceTools): Verification {
  const listeners = new Set<() => void>();
  let refusal: VerificationEnd | undefined;
  /** A comparison that fails is told by its promise; the request itself may go on looking open, or done. */
  const carryOn = (verifier: Verifier) => {
    verifier.verify().catch((thrown: unknown) => {
      refusal = refusalFrom(thrown);
      for (const listener of listeners) listener();
    });
  };
  const onChange: OnChange = (listener) => {
    request.on(VerificationRequestEvent.Change, listener);
    listeners.add(listener);
    return () => {
      request.off(VerificationRequestEvent.Change, listener);
      listeners.delete(listener);
    };
  };
  const hasEnded = () => refusal !== undefined || request.phase === Phase.Cancelled || request.phase === Phase.Done;
  const unlessEnded = async <T>(probe: () => T | undefined, also: OnChange = onChange): Promise<T | undefined> => {
    const answer = await wait(() => probe() ?? (hasEnded() ? null : undefined), also);
    return answer ?? undefined;
  };
  const emojis = () => request.verifier?.getShowSasCallbacks() ?? undefined;
  const scanned = () => request.verifier?.getReciprocateQrCodeCallbacks() ?? undefined;
  return {
    accept: () => call('m.key.verification.ready', () => request.accept()),
    waitUntilReady: async () => (await unlessEnded(() => request.phase === Phase.Ready || undefined)) ?? false,
    startEmojis: async () => {
      const verifier = await call('m.key.verification.start', () => request.startVerification('m.sas.v1'));
      carryOn(verifier);
    },
    waitForEmojis: async () => {
      const verifier = await unlessEnded(() => request.verifier);
      if (verifier === undefined) return undefined;
      carryOn(verifier);
      const shown = await unlessEnded(emojis, (listener) => {
        const end = onChange(listener);
        // The request tells of its change before it has the emojis.
        verifier.on(VerifierEvent.ShowSas, listener);
        return () => {
          end();
          verifier.off(VerifierEvent.ShowSas, listener);
        };
      });
      return shown?.sas.emoji?.map(([emoji]) => emoji).join(' ');
    },
    confirm: async () => call('m.key.verification.mac', async () => emojis()?.confirm()),
    deny: async () => emojis()?.mismatch(),
    cancel: () => call('m.key.verification.cancel', () => request.cancel()),
    showCode: () => call('show code', () => request.generateQRCode()),
    scanCode: async (code) => carryOn(await call('m.key.verification.start', () => request.scanQRCode(code))),
    waitUntilScanned: async () => (await unlessEnded(() => scanned() && true)) ?? false,
    confirmScan: async () => scanned()?.confirm(),
    waitForEnd: async () => (await wait(() => refusal ?? endOf(request), onChange)) ?? { kind: 'open' },
  };
}

type Verifier = NonNullable<VerificationRequest['verifier']>;

function refusalFrom(thrown: unknown): VerificationEnd | undefined {
  const [, side, code] = /cancelled by (us|them) with code (\S+):/.exec(String(thrown)) ?? [];
  return code === undefined ? undefined : { kind: 'cancelled', code, byMe: side === 'us' };
}

function endOf(request: VerificationRequest): VerificationEnd | undefined {
  if (request.phase === Phase.Done) return { kind: 'done' };
  if (request.phase !== Phase.Cancelled) return undefined;
  const byMe = request.cancellingUserId !== request.otherUserId;
  return { kind: 'cancelled', code: request.cancellationCode ?? 'unknown', byMe };
}
