import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder extends Disposable {
  readonly path: string;
}

export function createTemporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'reports-test-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export interface SmallDisk extends TemporaryFolder {
  makeReadOnly(): void;
}

/** A real disk of a few KiB in memory; undefined where this user may not mount one. */
export function mountSmallDisk(sizeKib: number): SmallDisk | undefined {
  const folder = createTemporaryFolder();
  const { path } = folder;
  if (!succeeds('mount', ['-t', 'tmpfs', '-o', `size=${sizeKib}k`, 'tmpfs', path])) {
    folder[Symbol.dispose]();
    return undefined;
  }
  return {
    path,
    makeReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', path]),
    [Symbol.dispose]: () => {
      execFileSync('umount', [path]);
      folder[Symbol.dispose]();
    },
  };
}

function succeeds(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    // Not root, or no mount program: the caller names that as the reason for skipping.
    return false;
  }
}

/** Why tests that need a small disk are skipped; throws under PRUEFSTAND_REQUIRE=all, where nothing may be missing. */
export function smallDiskMissing(): string | undefined {
  const disk = mountSmallDisk(64);
  if (disk) {
    disk[Symbol.dispose]();
    return undefined;
  }
  const reason = 'this user may not mount a small disk';
  if (process.env['PRUEFSTAND_REQUIRE'] === 'all') throw new Error(`PRUEFSTAND_REQUIRE=all, but ${reason}`);
  return reason;
}
