// Bundles every load scenario for k6: dist/load/<scenario>.js. The generator bundles the one it runs by the same function.
import { join } from 'node:path';
import { bundleScenario, maxBundleBytes, scenarioNames } from './load/generator/bundle-scenario.ts';

const directory = join(import.meta.dirname, 'dist/load');
for (const scenario of scenarioNames()) {
  const { file, bytes } = await bundleScenario(scenario, directory);
  console.log(`${file}: ${bytes} of ${maxBundleBytes} bytes`);
}
