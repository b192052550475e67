import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { RigError } from '../../core/model/rig-error.ts';

/** k6 keeps about 18 times the size of its script in memory for each VU. */
export const maxBundleBytes = 80 * 1_024;

const root = join(import.meta.dirname, '../..');
const scenarioSuffix = '.scenario.ts';

export interface Bundle {
  readonly scenario: string;
  readonly file: string;
  readonly bytes: number;
}

/** Names of all scenarios: `office-day`. */
export function scenarioNames(): string[] {
  const files = globSync(`*${scenarioSuffix}`, { cwd: join(root, 'load/scenarios') });
  return files.map((file) => basename(file, scenarioSuffix)).toSorted();
}

/** Writes the one file that k6 runs. Throws when it is larger than the limit. */
export async function bundleScenario(scenario: string, directory: string): Promise<Bundle> {
  const file = join(directory, `${scenario}.js`);
  const result = await build({
    stdin: { contents: entryFor(scenario), resolveDir: root, sourcefile: `${scenario}.entry.ts`, loader: 'ts' },
    outfile: file,
    bundle: true,
    minify: true,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: ['k6', 'k6/*'],
    logLevel: 'silent',
  });
  const bytes = Object.values(result.metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  if (bytes > maxBundleBytes) throw tooLarge(scenario, bytes);
  return { scenario, file, bytes };
}

/** Found by its place in the file, as the check is found: a scenario file exports one thing. */
function entryFor(scenario: string): string {
  return `
    import * as exported from './load/scenarios/${scenario}${scenarioSuffix}';
    import { createRuntime } from './load/user/runtime.ts';
    const runtime = createRuntime(Object.values(exported)[0]);
    export const { options } = runtime;
    export default runtime.run;
  `;
}

function tooLarge(scenario: string, bytes: number): RigError {
  return new RigError('defect', {
    de: `Das Bündel des Szenarios ${scenario} hat ${bytes} Byte, erlaubt sind ${maxBundleBytes}; es muss weniger einbinden.`,
    en: `The bundle of scenario ${scenario} has ${bytes} bytes, ${maxBundleBytes} are allowed; import less in it.`,
  });
}
