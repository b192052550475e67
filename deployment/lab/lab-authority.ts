import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority, type Issued } from '../reference/certificates.ts';

/** Whom the homeservers of the lab trust. */
export interface LabAuthority {
  /** PEM file. */
  readonly file: string;
  issue(): Issued;
}

export function createLabAuthority(scratchDirectory: string): LabAuthority {
  const { pem, issue } = createAuthority();
  const file = join(scratchDirectory, 'lab-authority.pem');
  writeFileSync(file, pem, { mode: 0o600 });
  return { file, issue };
}
