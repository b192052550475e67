import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { RigError } from '../../../core/model/rig-error.ts';
import { interrupted } from '../../wait.ts';

export interface CommandOptions {
  readonly directory?: string;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Adds what the program wrote to standard error. */
  readonly withErrors?: boolean;
}

/** Runs a program that ends by itself and returns its standard output. */
export async function runToEnd(command: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { directory, user, signal } = options;
  try {
    const settings = {
      ...user,
      cwd: directory ?? '/',
      ...(signal === undefined ? {} : { signal }),
      maxBuffer: 2 ** 26,
    };
    const { stdout, stderr } = await promisify(execFile)(command, args, settings);
    return options.withErrors ? stdout + stderr : stdout;
  } catch (thrown) {
    if (signal?.aborted) throw interrupted(command);
    const detail = thrown instanceof Error && 'stderr' in thrown ? String(thrown.stderr).trimEnd() : String(thrown);
    throw new RigError(
      'toolFailed',
      { de: `${command} ist fehlgeschlagen: ${detail}`, en: `${command} failed: ${detail}` },
      { cause: thrown },
    );
  }
}
