import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const policyFile = '/usr/sbin/policy-rc.d';
const mark = '# Written by Prüfstand while it installs packages; it may be removed.';

/** Whether an interrupted installation left its policy behind, which would keep services from starting for ever. */
export function policyIsLeftBehind(file = policyFile): boolean {
  return existsSync(file) && readFileSync(file, 'utf8').includes(mark);
}

/**
 * While held, packages install no running service: nginx would take port 80, PostgreSQL 5432.
 * A policy the machine already has is left alone.
 */
export function forbidServices(file = policyFile): Disposable {
  const isOurs = !existsSync(file) || policyIsLeftBehind(file);
  if (isOurs) writeFileSync(file, `#!/bin/sh\n${mark}\nexit 101\n`, { mode: 0o755 });
  return {
    [Symbol.dispose]: () => {
      if (isOurs) rmSync(file, { force: true });
    },
  };
}
