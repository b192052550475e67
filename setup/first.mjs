import { spawn } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from './early/child-environment.mjs';
import { installModules } from './early/install-modules.mjs';
import { languageOf } from './early/language.mjs';
import { modulesAreStamped } from './early/node-modules.mjs';
import { machineProblem } from './early/platform.mjs';

/** Runs before `npm start` and `npm test` on whatever Node is there; ends by handing over to the Node 24 of npm ci. */
const root = fileURLToPath(new URL('..', import.meta.url));
const modernNode = join(root, 'node_modules', '.bin', 'node');
const language = languageOf(process.env);

/** @param {{ en: string, de: string }} text */
function giveUp(text) {
  console.error(text[language]);
  process.exit(2);
}

/** npm links the programs of dependencies only; ours is wanted beside them, for `npx pruefstand`. */
function linkOwnProgram() {
  const link = join(root, 'node_modules', '.bin', 'pruefstand');
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) return;
  chmodSync(join(root, 'cli', 'pruefstand.mjs'), 0o755);
  symlinkSync('../../cli/pruefstand.mjs', link);
}

/** @param {NodeJS.ProcessEnv} environment */
function handOver(environment) {
  const purpose = process.env['npm_lifecycle_event'] === 'pretest' ? ['--for', 'test'] : [];
  const args = [join(root, 'setup', 'main.ts'), ...purpose, ...process.argv.slice(2)];
  const child = spawn(modernNode, args, { stdio: 'inherit', env: environment });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

const problem = machineProblem({ platform: process.platform, arch: process.arch, nodeVersion: process.versions.node });
if (problem) giveUp(problem);
const environment = childEnvironment(process.env, join(root, '.tools', 'authorities.pem'));
if (!modulesAreStamped(root) && !(await installModules({ root, environment, language }))) process.exit(3);
if (!existsSync(modernNode)) {
  giveUp({
    en: `Node 24 is missing at ${modernNode}: the optional package node-linux-${process.arch} was not installed; run npm ci --include=optional`,
    de: `Node 24 fehlt unter ${modernNode}: Das wahlfreie Paket node-linux-${process.arch} wurde nicht installiert; abhelfen kann npm ci --include=optional.`,
  });
}
linkOwnProgram();
handOver(environment);
