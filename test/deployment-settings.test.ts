import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { synapseSettings } from '../deployment/reference/synapse-settings.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';

const { synapsePython } = toolsHere();
const missing = requireParts({ synapse: synapsePython });

/** Synapse ignores what it does not know, so a mistyped key would silently be no setting at all. */
const readSources = `
import pathlib, synapse
root = pathlib.Path(synapse.__file__).parent
files = [*root.glob("config/*.py"), root / "handlers/password_policy.py"]
print("\\n".join(file.read_text() for file in files))
`;

describe.skipIf(missing !== undefined)(`settings${missing === undefined ? '' : ` (${missing})`}`, () => {
  test('Synapse reads every key the reference deployment sets', () => {
    const source = execFileSync(String(synapsePython), ['-c', readSources], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    const unknown = synapseSettings.flatMap(({ key }) => (isRead(key, source) ? [] : [key]));
    expect(unknown).toEqual([]);
  });
});

/** As one dotted name, or part by part. */
function isRead(key: string, source: string): boolean {
  const isNamed = (name: string) => source.includes(`"${name}"`);
  const limit = /^(rc_[a-z_.]+)\.(per_second|burst_count)$/.exec(key)?.[1];
  return isNamed(limit ?? key) || (limit === undefined && key.split('.').every(isNamed));
}
