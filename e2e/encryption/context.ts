import type { HttpSend } from '../../core/http/http.ts';
import type { LoadedWork, LoadOptions, LoadRefused, LoadUnderWay } from '../../core/model/background-load.ts';
import type { AccountKind, DatabaseSearch, KeptContent } from '../../core/model/bench.ts';
import type { Capability } from '../../core/model/capability.ts';
import type { Check, CheckMeta, Standing } from '../../core/model/check.ts';
import type { Evidence } from '../../core/model/evidence.ts';
import type { VariantName } from '../../core/model/lab.ts';
import type { Surroundings } from '../../core/model/surroundings.ts';
import type { Random } from '../../core/random.ts';
import type { Alteration } from '../lib/alteration.ts';
import type { ClientDevice } from '../lib/client-device.ts';
import type { FetchFile } from '../lib/client-files.ts';
import type { CryptoDevice } from '../lib/crypto-device.ts';
import type { Death } from '../lib/death.ts';
import type { LightRecipient } from '../lib/light-recipient.ts';
import type { WireLog } from '../lib/wire/wire-log.ts';
import type { ClientName } from './clients/served-client.ts';
import type { Safeguard } from './defects/safeguards.ts';

export interface EncryptionContext {
  readonly random: Random;
  /** Hears every device of this context from its first request on. */
  readonly wire: WireLog;
  /**
   * A device of a person, who has a fresh account: the first one, or with a name a further one. Resolves as
   * `openSdkDevice` says. Stopped when the check has ended.
   */
  device(person: string, wish?: DeviceWish): Promise<CryptoDevice>;
  /** The device as it comes back after its program was ended: with the keys it had stored. It must have been opened `stored`. */
  restarted(device: CryptoDevice): Promise<CryptoDevice>;
  /** The same when the keys it had stored are gone: it is still logged in, and begins anew. */
  evicted(device: CryptoDevice): Promise<CryptoDevice>;
  /** So many devices of one person, who joins the public room: they are sent keys and open none. */
  lightRecipients(person: string, count: number, roomId: string): Promise<readonly LightRecipient[]>;
  /** The same on a variant of the reference deployment, with people of its own; for checks that need `lab`. */
  variant(name: VariantName): Promise<EncryptionContext>;
  /** What the homeserver talks to; only variants have it. */
  readonly surroundings?: Surroundings;
  /** Only variants have it: the homeserver goes down, and disposing brings it back with all it had stored. */
  outage?(): Promise<AsyncDisposable>;
  /**
   * A person at a web client, logged in, with the key backup set up where the client asks for it. The person has a fresh
   * account, or the one of a device of the kind `ordinary`. For checks that need what `needsOfClients` lists.
   */
  client(person: string, wish?: ClientWish): Promise<ClientDevice>;
  /** The device in a browser as it comes back after its browser was killed in the middle of its work. */
  killed(device: CryptoDevice): Promise<CryptoDevice>;
  /** Present where the program can make load. */
  readonly load?: LoadBeside;
  /** Present for checks that need `database`. */
  readonly database?: DatabaseSearch;
  /** Present for checks that need `mediaStore`. */
  readonly mediaStore?: KeptContent;
  /** Present for checks that need `serverLog`. */
  readonly serverLog?: KeptContent;
  /** Files of the web client, by their path relative to it. Present for checks that need `webClient`. */
  readonly webClient?: FetchFile;
  /** Keeps it beside what the devices exchanged. */
  keep(evidence: Evidence): void;
}

export interface LoadBeside {
  /** full: for measuring; small: only to see a defect. */
  readonly scale: LoadOptions['scale'];
  /** Does the work while many others write to each other on the same server. */
  beside<T>(work: (load: LoadUnderWay) => Promise<T>): Promise<LoadedWork<T> | LoadRefused>;
}

export interface DeviceWish {
  /** What a further device is called; evidence and the wire name it `person (name)`. */
  readonly name?: string;
  /** Of the person's account, said with the first device; default `bench`. */
  readonly kind?: AccountKind;
  /** Where it runs: in this process unless told; in a browser it is always stored. Checks with a browser need `chromium`. */
  readonly runsIn?: 'node' | 'browser';
  /** Its browser is killed at that moment, while it is still starting, and it resolves when it has come back. */
  readonly killedAt?: Promise<void>;
  /** Keeps its keys, so that it can be restarted. */
  readonly stored?: boolean;
  /** Stands between the device and the homeserver: a fault or an attack that is part of the flow itself. */
  readonly between?: (send: HttpSend, device: string) => HttpSend;
  /** Its program is ended while it starts and is started again; what resolves is the second life. It must be `stored`. */
  readonly dies?: Death;
}

export interface ClientWish extends Pick<DeviceWish, 'name' | 'between'> {
  /** Without it the target's own. */
  readonly client?: ClientName;
  /** The person has a backup and opens it with this key at login. */
  readonly recoveryKey?: string;
  /** The person sets up no backup when asked. */
  readonly withoutBackup?: boolean;
}

export const needsOfClients = [
  'accounts',
  'passwordAccounts',
  'passwordLogin',
  'webClient',
  'chromium',
  'mayMutate',
] as const satisfies readonly Capability[];

/** What checks need that use a client of the bench beside the target's. */
export const needsOfSecondClient = [...needsOfClients, 'hydrogen'] as const satisfies readonly Capability[];

/** What a counterexample does: the target answers otherwise, or a device skips a safeguard. */
export type EncryptionDefect = Alteration | WeakDevice;

export interface WeakDevice {
  /** Whose device, as evidence names it. */
  readonly person: string;
  /** What the device leaves undone. */
  readonly skips: Safeguard;
  /** What the device does in place of what it should. */
  weakened(device: CryptoDevice): Partial<CryptoDevice>;
  /** Finds nothing of what it had stored when it is started again. */
  readonly forgetsStore?: boolean;
}

export interface EncryptionFlow extends Check<EncryptionContext, EncryptionDefect> {
  /** Encryption rests on rules of every rank, so each flow says which its own has. */
  readonly meta: CheckMeta & { readonly standing: Standing };
}
