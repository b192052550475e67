import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { cleanUpRun } from '../deployment/cleanup.ts';
import { processProvider } from '../deployment/providers/process.ts';
import { createScratchDirectory } from '../deployment/scratch.ts';
import { deploy } from './deployment/deploy.ts';
import { childrenOf, leftoversOf } from './deployment/leftovers.ts';
import { startOwner } from './deployment/lifetime-behaviours.ts';
import { temporaryFolder } from './deployment/temporary.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';

const within = temporaryFolder();
const { docker: _d, redis: _r, ...tools } = toolsHere();
const missing = requireParts({ synapse: tools.synapsePython, nginx: tools.nginx });
const candidate = { name: 'process', provider: processProvider, tools };

describe.skipIf(missing !== undefined)(`cleaning up${missing === undefined ? '' : ` (${missing})`}`, () => {
  test('removes what a run left whose guard was killed with it', { timeout: 120_000 }, async () => {
    const owner = await startOwner(candidate);
    const doomed = [owner.pid, ...childrenOf(owner.pid).filter((pid) => owner.guards.includes(pid))];
    expect(doomed).toHaveLength(2);
    // Nobody else would remove it if what is tested here did not work.
    const clean = () =>
      cleanUpRun({ progress: () => {}, runId: owner.runId, runFolder: mkdtempSync(join(within, 'run-')) });
    onTestFinished(async () => void (await clean()));
    for (const pid of doomed.toReversed()) process.kill(pid, 'SIGKILL');
    expect(leftoversOf(owner.runId).length).toBeGreaterThan(2);
    expect(await clean()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^process/), expect.stringMatching(/^folder/)]),
    );
    expect(leftoversOf(owner.runId)).toEqual([]);
  });

  test('refuses while the run goes on', { timeout: 120_000 }, async () => {
    await using running = await deploy(candidate);
    const cleaning = cleanUpRun({
      progress: () => {},
      runId: running.runId,
      runFolder: mkdtempSync(join(within, 'run-')),
    });
    await expect(cleaning).rejects.toThrow(`The run ${running.runId} is still running (process ${process.pid})`);
    const url = `${running.bench.target.homeserverUrl}/_matrix/client/versions`;
    expect((await running.bench.send({ method: 'GET', url })).status).toBe(200);
  });

  test('removes the folder of a run that was killed before it began anything', async () => {
    const runId = `early${process.pid}`;
    const folder = await createScratchDirectory(runId);
    expect(await cleanUpRun({ progress: () => {}, runId, runFolder: mkdtempSync(join(within, 'run-')) })).toEqual([
      `folder ${folder}`,
    ]);
    expect(leftoversOf(runId)).toEqual([]);
  });

  test('finds nothing to do for a run that ended well', async () => {
    expect(
      await cleanUpRun({ progress: () => {}, runId: 'ended-well', runFolder: mkdtempSync(join(within, 'run-')) }),
    ).toEqual([]);
  });

  test('a version of Synapse that is not set up is named with the command that sets it up', async () => {
    await expect(deploy(candidate, { synapseVersion: '1.100.0' })).rejects.toThrow(
      /^Synapse 1\.100\.0 is not set up.*; set it up with: node setup\/first\.mjs --synapse 1\.100\.0$/,
    );
  });

  test.skipIf(process.getuid?.() !== 0)(
    'a full disk is one clear line (only root can make one for this test)',
    async () => {
      const disk = join(within, 'full');
      mkdirSync(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4k', 'tmpfs', disk]);
      onTestFinished(() => void execFileSync('umount', [disk]));
      const scratchDirectory = join(disk, 'scratch');
      mkdirSync(scratchDirectory);
      await expect(deploy(candidate, { scratchDirectory })).rejects.toThrow(
        /^(\/.*\/full\/scratch\/.*|The temporary folder) cannot be written \(ENOSPC\); make room or set TMPDIR/,
      );
      expect(readdirSync(disk)).toEqual([]);
    },
  );
});
