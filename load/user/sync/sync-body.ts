/** The part of a synchronisation answer that is looked at; nothing in it is taken for granted. */
export interface SyncBody extends KeyNews {
  readonly next_batch?: string;
  readonly rooms?: { readonly join?: Readonly<Record<string, { readonly timeline?: Timeline } | undefined>> };
  readonly to_device?: { readonly events?: readonly ToDeviceEvent[] };
  readonly account_data?: { readonly events?: readonly object[] };
  readonly presence?: { readonly events?: readonly object[] };
}

/** What a device learns of keys. */
export interface KeyNews {
  readonly device_one_time_keys_count?: Readonly<Record<string, number>>;
  readonly device_lists?: { readonly changed?: readonly string[] };
}

/** Answer of simplified sliding sync (MSC4186). */
export interface SlidingBody {
  readonly pos?: string;
  readonly lists?: Readonly<Record<string, { readonly count?: number } | undefined>>;
  readonly rooms?: Readonly<Record<string, SlidingRoom | undefined>>;
  readonly extensions?: {
    readonly to_device?: { readonly next_batch?: string; readonly events?: readonly ToDeviceEvent[] };
    readonly e2ee?: KeyNews;
    readonly account_data?: { readonly global?: readonly object[]; readonly rooms?: object };
    readonly receipts?: { readonly rooms?: object };
    readonly typing?: { readonly rooms?: object };
  };
}

export interface SlidingRoom {
  readonly initial?: boolean;
  /** Synapse's word for a timeline that goes further back than before. */
  readonly unstable_expanded_timeline?: boolean;
  readonly timeline?: readonly RoomEvent[];
  readonly limited?: boolean;
  readonly prev_batch?: string;
}

export interface Timeline {
  readonly events?: readonly RoomEvent[];
  readonly limited?: boolean;
  readonly prev_batch?: string;
}

export interface RoomEvent {
  readonly type?: string;
  readonly event_id?: string;
  readonly sender?: string;
  readonly content?: { readonly ciphertext?: unknown; readonly [fileField]?: unknown };
}

export interface ToDeviceEvent {
  readonly type?: string;
  readonly sender?: string;
  readonly content?: { readonly ciphertext?: unknown };
}

/** Real clients encrypt the address of a file; here it stands beside the made-up ciphertext. */
export const fileField = 'org.pruefstand.file';

/** Undefined when the text is no JSON object. */
export function objectFrom<T extends object>(text: string | undefined): T | undefined {
  try {
    const value: T | string | number | boolean | null = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}
