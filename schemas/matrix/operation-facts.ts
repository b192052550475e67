/** One operation of the specification as stored in v1.19/<api>/*.json; schemas refer to shared definitions. */
export interface OperationFacts {
  readonly id: string;
  /** Ids of operations that share method and path, merged into this one. */
  readonly alternatives?: readonly string[];
  readonly method: string;
  /** Full path template without query. */
  readonly path: string;
  readonly requiresToken: boolean;
  /** Names of security schemes, any of which suffices; an empty name means none is needed. */
  readonly security: readonly string[];
  readonly deprecated: boolean;
  readonly added?: string;
  readonly changed?: readonly string[];
  readonly parameters: readonly ParameterFacts[];
  readonly request?: ContentFacts & { readonly required: boolean };
  /** By status code or range ("4XX"). */
  readonly responses: Readonly<Record<string, ContentFacts & { readonly added?: string }>>;
}

export interface ParameterFacts {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly added?: string;
  readonly changed?: readonly string[];
  readonly schema: unknown;
}

export interface ContentFacts {
  /** Schema by media type. */
  readonly content: Readonly<Record<string, unknown>>;
}
