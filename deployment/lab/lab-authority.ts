import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority, type Issued } from '../reference/certificates.ts';

/** Whom the homeservers of the lab trust. */
export interface LabAuthority {
  /** PEM file. */
  readonly file: string;
  readonly pem: string;
  /** For a server at `localhost`. */
  issue(): Issued;
}

export function createLabAuthority(scratchDirectory: string): LabAuthority {
  const { pem, issue } = createAuthority();
  const file = join(scratchDirectory, 'lab-authority.pem');
  writeFileSync(file, pem, { mode: 0o600 });
  // Synapse refuses a certificate that also names *.localhost, because a wildcard there covers too much.
  return { file, pem, issue: () => issue(['localhost']) };
}
