import { ask } from './ask.ts';
import { versionIn } from './version.ts';

/** As the program itself says; undefined when it is not there or does not say. */
export async function versionOf(program: string | undefined, args: readonly string[]): Promise<string | undefined> {
  return program === undefined ? undefined : versionIn((await ask(program, args)) ?? '');
}
