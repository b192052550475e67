import { execFile } from 'node:child_process';

const askTimeoutMs = 30_000;

/** What a program answers on stdout and stderr together, or undefined when it fails or does not answer in time. */
export function ask(command: string, args: readonly string[], env = process.env): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: askTimeoutMs, env, encoding: 'utf8' }, (failure, stdout, stderr) => {
      resolve(failure === null ? `${stdout}\n${stderr}`.trim() : undefined);
    });
  });
}
