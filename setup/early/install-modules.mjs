import { join } from 'node:path';
import { acquireLock } from './lock.mjs';
import { modulesAreStamped, npmInstalledAll, stampModules } from './node-modules.mjs';
import { npmCommand } from './npm.mjs';
import { runInstaller, tellingLines } from './run-installer.mjs';

const minuteMs = 60_000;

const texts = {
  en: {
    waiting: (/** @type {number} */ pid) => `· another set-up (process ${pid}) is under way; waiting for it`,
    begins: '· npm packages (npm ci) …',
    done: (/** @type {string} */ seconds) => `✔ npm packages (${seconds} s)`,
    noNpm: 'npm was not found on PATH; install Node 20 or newer together with npm',
    failed: (/** @type {string} */ reason, /** @type {string} */ log) =>
      `✘ npm packages could not be installed: ${reason}; see ${log}, then start again`,
    interrupted: '✘ interrupted; the next start continues here',
  },
  de: {
    waiting: (/** @type {number} */ pid) => `· Eine andere Einrichtung (Prozess ${pid}) läuft; auf sie wird gewartet.`,
    begins: '· npm-Pakete (npm ci) …',
    done: (/** @type {string} */ seconds) => `✔ npm-Pakete (${seconds} s)`,
    noNpm: 'npm wurde nicht im PATH gefunden; nötig ist Node 20 oder neuer samt npm.',
    failed: (/** @type {string} */ reason, /** @type {string} */ log) =>
      `✘ Die npm-Pakete ließen sich nicht installieren: ${reason}; Näheres in ${log}, danach erneut starten.`,
    interrupted: '✘ Unterbrochen; der nächste Start setzt hier fort.',
  },
};

/**
 * `npm ci` unless another set-up or the person has just done it. Everything else needs it, so its failure ends the set-up.
 * @param {{ root: string, environment: NodeJS.ProcessEnv, language: 'en' | 'de' }} options
 * @returns {Promise<boolean>}
 */
export async function installModules({ root, environment, language }) {
  const text = texts[language];
  const lock = await acquireLock(join(root, '.tools', 'setup.lock'), {
    deadlineMs: 15 * minuteMs,
    onWait: (pid) => console.error(text.waiting(pid)),
  });
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, interrupt);
  try {
    if (!modulesAreStamped(root) && !npmInstalledAll(root)) {
      await npmCi({ root, environment, text, lock, signal: interruption.signal });
    }
    stampModules(root);
    return true;
  } catch (thrown) {
    if (interruption.signal.aborted) console.error(text.interrupted);
    else console.error(thrown instanceof Error ? thrown.message : String(thrown));
    return false;
  } finally {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.off(signal, interrupt);
    lock.release();
  }
}

/**
 * @param {{ root: string, environment: NodeJS.ProcessEnv, text: typeof texts['en'], lock: import('./lock.mjs').SetupLock, signal: AbortSignal }} options
 */
async function npmCi({ root, environment, text, lock, signal }) {
  const npm = npmCommand({ environment, execPath: process.execPath, modulesFolder: join(root, 'node_modules') });
  if (npm === undefined) throw new Error(text.noNpm);
  const logFile = join(root, '.tools', 'logs', 'npm.log');
  const startedMs = performance.now();
  console.error(text.begins);
  const args = [...npm.args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const env = { ...environment, PATH: npm.path };
  try {
    await runInstaller({ command: npm.command, args, cwd: root, env, logFile, timeoutMs: 10 * minuteMs, signal, lock });
  } catch (thrown) {
    signal.throwIfAborted();
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Error([text.failed(reason, logFile), ...tellingLines(logFile).map((line) => `    ${line}`)].join('\n'));
  }
  console.error(text.done(((performance.now() - startedMs) / 1000).toFixed(0)));
}
