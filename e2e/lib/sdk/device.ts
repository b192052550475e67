import { createClient, type MatrixClient } from 'matrix-js-sdk';
import type { BaseLogger } from 'matrix-js-sdk/lib/logger.js';
import type { HttpSend } from '../../../core/http/http.ts';
import type { Session } from '../../../core/model/bench.ts';
import type { AbortSignalLike } from '../../../core/model/family-runtime.ts';
import type { RigError } from '../../../core/model/rig-error.ts';
import type { CryptoDevice } from '../crypto-device.ts';
import { orStopped } from '../or-stopped.ts';
import { waitUntil } from '../wait-until.ts';
import { attachmentsOf } from './attachments.ts';
import { attacksOf } from './attacks.ts';
import { backupOf } from './backup.ts';
import { backupStateOf } from './backup-state.ts';
import { blockingOf } from './blocking.ts';
import { type Call, callFor } from './call.ts';
import { contentsOf } from './contents.ts';
import { createDeviceClock } from './device-clock.ts';
import { endingOf } from './ending.ts';
import { fetchFromSend } from './fetch-from-send.ts';
import { identityChangesOf } from './identity-changes.ts';
import { watchKeyUpload } from './key-upload.ts';
import { createSdkLog, silenceGlobalLog } from './log.ts';
import { messagesOf } from './messages.ts';
import { oneTimeKeysOf } from './one-time-keys.ts';
import { peopleOf } from './people.ts';
import { createRecoveryKey } from './recovery-key.ts';
import { relationsOf } from './relations.ts';
import { requestsOf } from './requests.ts';
import { roomsOf } from './rooms.ts';
import { scanningOf } from './scanning.ts';
import { secretsOf } from './secrets.ts';
import { serverServicesOf } from './server-services.ts';
import { createSyncedState } from './synced-state.ts';
import { changesOf, startSyncing } from './syncing.ts';
import { trustOf } from './trust.ts';
import { verificationsOf } from './verifications.ts';

export interface SdkDeviceOptions {
  readonly person: string;
  readonly session: Session;
  readonly homeserverUrl: string;
  readonly send: HttpSend;
  readonly signal: AbortSignalLike;
  /** For each condition the device waits for. */
  readonly deadlineMs: number;
  /** The person's first device gets an identity that vouches for devices; a further one finds it there. */
  readonly isFirst: boolean;
  /** Keeps its keys under this name, so that it can be opened again with them; without it in memory. */
  readonly store?: string;
  /** Opened before with the same store. */
  readonly isReopened?: boolean;
  /** Ended while it started before: its keys may be with the server already. */
  readonly isStartedAgain?: boolean;
  /** Of the account, if it has one: what the person types when the server asks who they are. */
  readonly password?: string;
  /** Where the library's own log goes; nowhere without it. */
  readonly echo?: BaseLogger;
}

/** A call of the library asks for several things in turn. */
const callsTakeTimes = 3;

/** A condition of the device; undefined at the deadline, unless the bench itself is to blame: then its RigError is thrown. */
export type Wait = <T>(probe: () => T | undefined, more?: OnChange) => Promise<T | undefined>;

/** Registers for what may change the answer beside /sync; returns how to unregister. */
export type OnChange = (listener: () => void) => () => void;

/**
 * A device of matrix-js-sdk with Rust cryptography.
 * Resolves when the first /sync is done and the server has confirmed its device keys, those of a first device with its
 * owner's signature.
 */
export async function openSdkDevice(options: SdkDeviceOptions): Promise<CryptoDevice> {
  if (options.echo === undefined) silenceGlobalLog();
  const { person, session, signal, deadlineMs } = options;
  const troubles: RigError[] = [];
  let isOver = false;
  const onEnd = () => {
    isOver = true;
  };
  const log = createSdkLog(options.echo);
  const clock = createDeviceClock();
  const upload = watchKeyUpload((request) => clock.leave(() => options.send(request)));
  const recoveryKey = createRecoveryKey();
  const synced = options.store === undefined ? undefined : createSyncedState(options.store);
  const client = createClient({
    ...(synced && { store: synced }),
    baseUrl: options.homeserverUrl,
    userId: session.userId,
    deviceId: session.deviceId,
    accessToken: session.accessToken,
    fetchFn: fetchFromSend(upload.send, { onTrouble: (trouble) => troubles.push(trouble), isOver: () => isOver }),
    logger: log.logger,
    disableVoip: true,
    cryptoCallbacks: recoveryKey.callbacks,
  });
  await synced?.startup();
  const call: Call = callFor({ userId: session.userId, troubles, clock, deadlineMs: callsTakeTimes * deadlineMs });
  const wait: Wait = async (probe, more) => {
    const onChange = (listener: () => void) => {
      const ends = [changesOf(client, listener), upload.onDone(listener), ...(more ? [more(listener)] : [])];
      return () => {
        for (const end of ends) end();
      };
    };
    const value = await waitUntil(probe, { deadlineMs, signal, onChange });
    if (value === undefined && troubles[0] !== undefined) throw troubles[0];
    return value;
  };
  try {
    await orStopped(startSyncing(client, { call, wait, upload, ...options }), signal);
  } catch (thrown) {
    onEnd();
    client.stopClient();
    throw thrown;
  }
  return {
    person,
    userId: session.userId,
    deviceId: session.deviceId,
    warnings: log.lines,
    moveClock: (ms) => clock.move(ms),
    ...partsOf(client, { call, wait, hide: log.hide, recoveryKey, password: options.password }),
    ...endingOf(client, {
      call,
      wait,
      onEnd,
      ...(options.store && { store: options.store }),
      ...(synced && { synced }),
    }),
  };
}

interface PartTools extends DeviceTools {
  /** Keeps a text out of the device's log. */
  hide(text: string): void;
  readonly recoveryKey: ReturnType<typeof createRecoveryKey>;
  readonly password: string | undefined;
}

const partsOf = (client: MatrixClient, tools: PartTools) => ({
  ...roomsOf(client, tools),
  ...peopleOf(client, tools),
  ...messagesOf(client, tools),
  ...trustOf(client, tools),
  ...verificationsOf(client, tools),
  ...relationsOf(client, tools),
  ...attachmentsOf(client, tools),
  ...scanningOf(client, tools),
  ...contentsOf(client, tools),
  ...oneTimeKeysOf(client, tools),
  ...serverServicesOf(client, tools),
  ...backupOf(client, tools),
  ...backupStateOf(client, tools),
  ...attacksOf(client, tools),
  ...requestsOf(client, tools),
  ...blockingOf(client, tools),
  ...identityChangesOf(client, tools),
  ...secretsOf(client, tools),
});

/** What the parts of a device share. */
export interface DeviceTools {
  readonly call: Call;
  readonly wait: Wait;
}
