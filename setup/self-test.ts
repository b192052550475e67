import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RigError } from '../core/model/rig-error.ts';
import { type Language, textIn } from '../core/model/text.ts';
import { type InspectedPart, inspect } from './doctor.ts';
import { childEnvironment } from './early/child-environment.mjs';
import { languageOf } from './early/language.mjs';
import { repositoryRoot, toolsFolder } from './places.ts';
import { closingLine, type VitestReport } from './vitest-summary.ts';

const reportFile = join(toolsFolder, 'test-report.json');
const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs');

/** What `npm test` does. Arguments go to vitest, such as `--project unit` or a file name. Resolves with the exit code. */
export async function selfTest(args: readonly string[]): Promise<number> {
  const language = languageOf(process.env);
  const forSetup = childEnvironment(process.env, join(toolsFolder, 'authorities.pem'));
  const setup = await runNode([join(repositoryRoot, 'setup', 'main.ts'), '--for', 'test'], forSetup);
  if (setup !== 0) return setup;
  const missing = (await inspect()).parts.filter(({ ok }) => !ok);
  for (const part of missing) console.error(shortage(part, language));
  if (missing.length > 0 && process.env['PRUEFSTAND_REQUIRE'] === 'all') {
    console.error(refusal(missing, language));
    return 1;
  }
  rmSync(reportFile, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const exitCode = await runNode([vitest, 'run', ...reporters, ...args], process.env);
  if (!existsSync(reportFile)) {
    throw new RigError('toolFailed', `vitest ended with exit code ${exitCode} and left no ${reportFile}; see above`);
  }
  console.log(closingLine(JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport));
  return exitCode;
}

function shortage({ name, costs, remedy }: InspectedPart, language: Language): string {
  const lines = costs.map((text) => textIn(language, text));
  const way = remedy === undefined ? [] : [`→ ${textIn(language, remedy)}`];
  return `! ${name}: ${[...lines, ...way].join(' ')}`;
}

function refusal(missing: readonly InspectedPart[], language: Language): string {
  const names = missing.map(({ name }) => name).join(', ');
  return language === 'de'
    ? `PRUEFSTAND_REQUIRE=all verlangt jedes Teil, es fehlt: ${names}`
    : `PRUEFSTAND_REQUIRE=all wants every part, missing: ${names}`;
}

function runNode(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: repositoryRoot, stdio: 'inherit', env });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(code ?? 1);
    });
  });
}
