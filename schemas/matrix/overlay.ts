import type { Operation } from './operation-table.ts';
import type { PointerPattern } from './pointer-pattern.ts';

/** What the text of the specification says about an answer, or an event, beyond the schema. */
export interface Overlay {
  /** Address of the section that says so. */
  readonly clause: string;
  /** Version of the specification from which on it holds. */
  readonly added?: string;
  readonly when: readonly Condition[];
  readonly schema?: object;
  readonly rules: readonly Rule[];
}

export interface OperationOverlay extends Overlay {
  /** Ids; `*` stands for all. */
  readonly operations: readonly string[];
  /** Codes as text or ranges such as `4XX`. */
  readonly statuses: readonly string[];
}

export interface EventOverlay extends Overlay {
  /** Types; `*` stands for all. */
  readonly events: readonly string[];
}

export type Condition = { readonly at: PointerPattern } & (
  | { readonly present: boolean }
  | { readonly is: unknown }
  | { readonly not: unknown }
  | { readonly matches: RegExp }
);

export type Relation = 'equals' | 'differs' | 'among' | 'atMost' | 'atLeast';

export type Rule =
  | {
      readonly subject: 'at' | 'count';
      readonly at: PointerPattern;
      readonly relation: Relation;
      readonly to: PointerPattern;
    }
  | {
      readonly subject: 'unique';
      readonly at: PointerPattern;
      /** Keys whose values together are meant instead of the whole. */
      readonly by?: readonly string[];
    }
  | { readonly subject: 'sorted'; readonly at: PointerPattern; readonly order: 'ascending' | 'descending' };

/** A request with its answer, as rules see it. */
export interface RuledExchange {
  readonly answer: unknown;
  /** JSON body of the request. */
  readonly request?: unknown;
  /** Parameters in the path, decoded. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Who asked, as far as that is known. */
  readonly session?: { readonly hasToken?: boolean; readonly userId?: string; readonly deviceId?: string };
  readonly operation?: Pick<Operation, 'api' | 'requiresToken'>;
}

/** An event with what is known from where it was found. */
export interface RuledEvent {
  readonly event: unknown;
  readonly context: {
    readonly roomId?: string;
    /** Who was given it. */
    readonly userId?: string;
  };
}
