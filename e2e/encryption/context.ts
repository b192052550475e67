import type { DatabaseSearch } from '../../core/model/bench.ts';
import type { Check } from '../../core/model/check.ts';
import type { Random } from '../../core/random.ts';
import type { Alteration } from '../lib/alteration.ts';
import type { CryptoDevice } from '../lib/crypto-device.ts';
import type { WireLog } from '../lib/wire/wire-log.ts';

export interface EncryptionContext {
  readonly random: Random;
  /** Hears every device of this context from its first request on. */
  readonly wire: WireLog;
  /** A person with a fresh account and one device; resolves as `openSdkDevice` says. Stopped when the check has ended. */
  device(person: string): Promise<CryptoDevice>;
  /** Present for checks that need `database`. */
  readonly database?: DatabaseSearch;
}

export type EncryptionDefect = Alteration;

export type EncryptionFlow = Check<EncryptionContext, EncryptionDefect>;
