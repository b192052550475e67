/** What a message carries in the first characters of its made-up ciphertext; all of them valid base64. */
export interface Mark {
  readonly runTag: string;
  /** Counts from 0 for each sender and room. */
  readonly sequence: number;
  /** Unix times in milliseconds. */
  readonly intendedMs: number;
  readonly sentMs: number;
}

/** Where a Megolm message begins: version and the tag of the message index. */
const opening = 'AwgA';
const widths = { runTag: 6, sequence: 4, time: 8 } as const;
export const markCharacters = opening.length + widths.runTag + widths.sequence + 2 * widths.time;

export function writeMark({ runTag, sequence, intendedMs, sentMs }: Mark): string {
  return (
    opening + runTag + base36(sequence, widths.sequence) + base36(intendedMs, widths.time) + base36(sentMs, widths.time)
  );
}

/** Undefined for everything that is not a message of that run. */
export function readMark(ciphertext: unknown, runTag: string): Mark | undefined {
  if (typeof ciphertext !== 'string' || !ciphertext.startsWith(opening + runTag)) return undefined;
  const sequenceAt = opening.length + widths.runTag;
  const intendedAt = sequenceAt + widths.sequence;
  const sentAt = intendedAt + widths.time;
  const sequence = Number.parseInt(ciphertext.slice(sequenceAt, intendedAt), 36);
  const intendedMs = Number.parseInt(ciphertext.slice(intendedAt, sentAt), 36);
  const sentMs = Number.parseInt(ciphertext.slice(sentAt, markCharacters), 36);
  return Number.isNaN(sequence + intendedMs + sentMs) ? undefined : { runTag, sequence, intendedMs, sentMs };
}

const base36 = (value: number, width: number) => Math.round(value).toString(36).padStart(width, '0');
