/** The part of a synchronisation answer that is looked at; nothing in it is taken for granted. */
export interface SyncBody {
  readonly next_batch?: string;
  readonly rooms?: { readonly join?: Readonly<Record<string, { readonly timeline?: Timeline }>> };
}

export interface Timeline {
  readonly events?: readonly RoomEvent[];
  readonly limited?: boolean;
  readonly prev_batch?: string;
}

export interface RoomEvent {
  readonly type?: string;
  readonly sender?: string;
  readonly content?: { readonly ciphertext?: unknown };
}

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
