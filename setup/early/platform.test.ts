import { expect, test } from 'vitest';
import { machineProblem } from './platform.mjs';

test.each([
  ['linux', 'x64', '20.0.0', undefined],
  ['linux', 'arm64', '24.21.0', undefined],
  ['linux', 'x64', '18.20.4', 'Node 18.20.4 is too old'],
  ['darwin', 'arm64', '24.21.0', 'this machine is darwin arm64'],
  ['linux', 'ia32', '20.0.0', 'this machine is linux ia32'],
])('%s %s with Node %s', (platform, arch, nodeVersion, problem) => {
  const found = machineProblem({ platform, arch, nodeVersion });
  if (problem === undefined) expect(found).toBeUndefined();
  else expect(found?.en).toContain(problem);
});
