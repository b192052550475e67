/** How often an operation of the target answered in one way during a check. */
export interface Exercise {
  /** Id of the specification; beyond the interface for clients with the name of its interface before it, such as server-server/getEvent. */
  readonly operation: string;
  readonly status: number;
  readonly errcode?: string;
  readonly seen: number;
  /** Of these, how many were compared with a schema. */
  readonly validated: number;
  /** Places of keys in these answers that the specification does not describe, with `*` for what varies. */
  readonly unknownKeys?: readonly string[];
}
