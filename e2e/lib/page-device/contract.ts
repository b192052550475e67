import type { HttpAnswer, HttpRequest } from '../../../core/http/http.ts';
import { RigError, type RigErrorCode } from '../../../core/model/rig-error.ts';
import type { Text } from '../../../core/model/text.ts';
import type { StoredEntry } from '../crypto-device.ts';
import type { SdkDeviceOptions } from '../sdk/device.ts';

/** What the bench tells the page to open the device; the rest of its options exists on either side by itself. */
export type PageDeviceOptions = Omit<SdkDeviceOptions, 'send' | 'signal' | 'echo'>;

/** A request of the page, which the bench sends for it. */
export interface PageRequest extends Omit<HttpRequest, 'signal'> {
  /** By which the page takes it back. */
  readonly id: number;
}

export type PageAnswer =
  | ({ readonly kind: 'answer' } & Pick<HttpAnswer, 'status' | 'headers' | 'bytes'>)
  | { readonly kind: 'failure'; readonly failure: Failure };

/** An error on its way over the boundary. */
export type Failure =
  | { readonly kind: 'rig'; readonly code: RigErrorCode; readonly text: Text }
  | { readonly kind: 'other'; readonly name: string; readonly message: string };

/** What a method in the page ended in, and the warnings that were new. */
export interface Reply {
  readonly result:
    | { readonly kind: 'value'; readonly value: unknown }
    /** Something with methods of its own, which stays in the page. */
    | { readonly kind: 'handle'; readonly id: number; readonly methods: readonly string[] }
    | { readonly kind: 'failure'; readonly failure: Failure };
  readonly warnings: readonly string[];
}

/** What the page offers the bench. */
export interface InPage {
  loadCryptography(): Promise<void>;
  /** Replies with the device as a handle. */
  open(options: PageDeviceOptions): Promise<Reply>;
  call(handle: number, method: string, values: readonly unknown[]): Promise<Reply>;
  storage(): Promise<readonly StoredEntry[]>;
}

declare global {
  var pruefstandPage: InPage;
  /** What the bench offers the page. */
  var pruefstandSend: (request: PageRequest) => Promise<PageAnswer>;
  var pruefstandStop: (id: number) => Promise<void>;
}

export const failureFrom = (thrown: unknown): Failure =>
  thrown instanceof RigError
    ? { kind: 'rig', code: thrown.code, text: thrown.text }
    : thrown instanceof Error
      ? { kind: 'other', name: thrown.name, message: thrown.message }
      : { kind: 'other', name: 'Error', message: String(thrown) };

export const errorFrom = (failure: Failure): Error =>
  failure.kind === 'rig'
    ? new RigError(failure.code, failure.text)
    : Object.assign(new Error(failure.message), { name: failure.name });
