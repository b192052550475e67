import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { RigError } from '../../core/model/rig-error.ts';

/** What the generator was tried with; the set-up builds it. Of a 2.x the address of its API and its outputs differ. */
export const k6Version = '1.8.1';

/** The path of a k6 that is there and of the right version. Throws `toolMissing` or `toolFailed` in one line. */
export async function requireK6(path: string | undefined): Promise<string> {
  if (path === undefined) throw missing();
  const found = /^k6(?:\.exe)? v(\S+)/.exec(await versionText(path))?.[1];
  if (found !== k6Version) throw another(path, found ?? '?');
  return path;
}

async function versionText(path: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(path, ['version'], { timeout: 10_000 });
    return stdout;
  } catch (thrown) {
    throw new RigError(
      'toolFailed',
      {
        de: `k6 lässt sich nicht starten (${path}); \`npx pruefstand doctor\` sagt, wie es kommt.`,
        en: `k6 cannot be started (${path}); \`npx pruefstand doctor\` tells how to get it.`,
      },
      { cause: thrown },
    );
  }
}

function missing(): RigError {
  return new RigError('toolMissing', {
    de: 'k6 ist nicht installiert; `npx pruefstand doctor` sagt, wie es kommt.',
    en: 'k6 is not installed; `npx pruefstand doctor` tells how to get it.',
  });
}

function another(path: string, found: string): RigError {
  return new RigError('toolFailed', {
    de: `${path} ist k6 ${found}, erprobt ist ${k6Version}; \`npx pruefstand doctor\` sagt, wie es kommt.`,
    en: `${path} is k6 ${found}, ${k6Version} is what was tried; \`npx pruefstand doctor\` tells how to get it.`,
  });
}
