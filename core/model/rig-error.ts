import { type Text, textIn } from './text.ts';

/** Closed table of what can break on our side; a broken bench is never a failed requirement. */
export const rigErrorCodes = {
  timeout: 'a check did not finish within its time limit',
  targetUnreachable: 'the target did not answer',
  answerUnreadable: 'the target answered with something that cannot be read within bounds',
  targetRefused: 'the target refused something the bench needs to begin',
  accessMissing: 'the target file does not give what a check needs; the check stays open',
  toolMissing: 'a program the bench needs is not installed',
  toolFailed: 'a program the bench started failed',
  deploymentFailed: 'the reference deployment did not start',
  portInUse: 'a port the bench was told to use is taken',
  storage: 'the run folder cannot be written',
  interrupted: 'the run was interrupted',
  generator: 'the load generator could not produce the planned load',
  defect: 'the bench has a defect',
} as const;

export type RigErrorCode = keyof typeof rigErrorCodes;

/** Trouble of the bench itself. Exit code 3. */
export class RigError extends Error {
  override readonly name = 'RigError';
  readonly code: RigErrorCode;
  readonly text: Text;

  constructor(code: RigErrorCode, text: Text, options?: { cause?: unknown }) {
    super(textIn('en', text), options);
    this.code = code;
    this.text = text;
  }
}

/** The first line of any thrown value, which by house rule is complete alone. */
export function firstLineOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.split('\n', 1)[0] ?? '';
}
