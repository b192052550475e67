import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { startPruefstand, until } from './lib/pruefstand.ts';

const tools = toolsHere();
const missing = requireParts({ synapse: tools.synapsePython, nginx: tools.nginx, k6: tools.k6 });

describe.skipIf(missing !== undefined)(missing === undefined ? 'load size' : `load size (${missing})`, () => {
  test('a sweep that is stopped keeps what it measured and sizes with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'load-size-'));
    const options = ['--quick', '--steps', '4', '--step-duration', '10', '--provider', 'process', '--out', 'out'];
    const { child, ended } = startPruefstand(['load', 'size', ...options, '--json'], folder);
    const steps = join(folder, 'out', 'steps.ndjson');
    await until('the first run is kept', () => linesOf(steps).length === 2, 120_000);
    child.kill('SIGINT');
    const { status, stdout, stderr } = await ended;
    expect({ status, stderr }).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('with --out out goes on'),
    });
    const sizing = JSON.parse(stdout);
    expect(sizing).toMatchObject({ model: 'usl', standing: 'indicative', parameters: null, holdOut: null });
    expect(sizing.steps).toMatchObject([{ users: 4, runs: 1, offered: expect.any(Number) }]);
    expect(sizing.steps[0].utilisation).toMatchObject({ synapse: expect.any(Number), nginx: expect.any(Number) });
    expect(sizing.table).toHaveLength(9);
    expect(readFileSync(join(folder, 'out', 'index.html'), 'utf8')).toContain('Wie viele Personen');
    expect(linesOf(join(folder, 'out', 'sizing.csv'))[1]).toContain('Pilot,500');
    rmSync(folder, { recursive: true });
  });
});

function linesOf(path: string): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
}
