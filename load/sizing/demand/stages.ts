/** A rung of the ladder of populations. */
export interface Stage {
  /** German, for the report. */
  readonly name: string;
  readonly accounts: number;
}
