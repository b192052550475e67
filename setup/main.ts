import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Language, textIn } from '../core/model/text.ts';
import { UsageError } from '../core/model/usage-error.ts';
import { childEnvironment } from './early/child-environment.mjs';
import { languageOf } from './early/language.mjs';
import { acquireLock } from './early/lock.mjs';
import { tellingLines } from './early/run-installer.mjs';
import { createProgress } from './lib/progress.ts';
import { parts } from './parts.ts';
import { lockFile, logsFolder, toolsFolder } from './places.ts';
import { type FailedStep, runSteps } from './run-steps.ts';
import { setupTexts } from './setup-texts.ts';
import { allSteps } from './steps/all-steps.ts';
import type { InstallTask, SetupStep } from './steps/step.ts';
import { defaultSynapse, synapseVersionFrom } from './synapse/synapse.ts';
import type { Purpose } from './system/packages.ts';

const waitForOthersMs = 20 * 60_000;

/** Makes the machine ready. A part that cannot be had is told with what it costs; it does not stop what needs it not. */
async function main(purpose: Purpose, synapseVersion: string, language: Language): Promise<number> {
  const wanted = allSteps(purpose, synapseVersion);
  if (wanted.every((step) => step.isReady())) return 0;
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort());
  const text = setupTexts[language];
  const lock = await acquireLock(lockFile, {
    deadlineMs: waitForOthersMs,
    onWait: (pid) => console.error(text.waiting(pid)),
  });
  try {
    const steps = wanted.filter((step) => !step.isReady());
    if (steps.length === 0) return 0;
    console.error(text.begins(steps.length));
    const startedMs = performance.now();
    const failures = await install(steps, language, { lock, signal: interruption.signal });
    tell(failures, language);
    const seconds = Math.round((performance.now() - startedMs) / 1000);
    console.error(failures.length > 0 ? text.endsWithout : text.ends(seconds));
    return 0;
  } catch (thrown) {
    if (!interruption.signal.aborted) throw thrown;
    console.error(text.interrupted);
    return 130;
  } finally {
    lock.release();
  }
}

async function install(
  steps: readonly SetupStep[],
  language: Language,
  shared: Pick<InstallTask, 'lock' | 'signal'>,
): Promise<readonly FailedStep[]> {
  const titles = new Map(steps.map(({ name, title }) => [name, title]));
  const output = {
    isTTY: process.stderr.isTTY,
    columns: process.stderr.columns ?? 120,
    write: (words: string) => void process.stderr.write(words),
  };
  const environment = childEnvironment(process.env, join(toolsFolder, 'authorities.pem'));
  mkdirSync(logsFolder, { recursive: true });
  using progress = createProgress({ titles, language, output, now: () => performance.now() });
  return await runSteps({
    steps,
    language,
    progress,
    taskFor: ({ name }) => {
      const logFile = logOf(name);
      writeFileSync(logFile, '');
      return { ...shared, environment, logFile, say: (detail) => progress.say(name, detail) };
    },
  });
}

const logOf = (name: string): string => join(logsFolder, `${name}.log`);

/** What failed, how its log ended, and what is lost with it. */
function tell(failures: readonly FailedStep[], language: Language): void {
  const text = setupTexts[language];
  for (const { step, reason } of failures) {
    console.error(`\n${text.failed(textIn(language, step.title), reason)}`);
    const log = logOf(step.name);
    const words = existsSync(log) ? tellingLines(log) : [];
    if (words.length > 0) console.error([text.logEnds(log), ...words.map((line) => `    ${line}`)].join('\n'));
    for (const part of step.lacking()) console.error(`  ${part}: ${textIn(language, parts[part].costs)}`);
  }
}

const { values } = parseArgs({
  options: { for: { type: 'string', default: 'start' }, synapse: { type: 'string', default: defaultSynapse } },
});
const language = languageOf(process.env);
try {
  process.exitCode = await main(values.for === 'test' ? 'test' : 'start', synapseVersionFrom(values.synapse), language);
} catch (thrown) {
  if (!(thrown instanceof UsageError)) throw thrown;
  console.error(textIn(language, thrown.text));
  process.exitCode = 2;
}
