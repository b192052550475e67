import type { Text } from '../core/model/text.ts';

/** One file per command under cli/commands; the file name is the command's name (`images-build` for `images build`). */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: Text;
  /** Everything `--help` shows, with examples. */
  readonly help: Text;
  /** Resolves with the exit code. Results go to stdout, progress to stderr. */
  run(args: readonly string[]): Promise<number>;
}
