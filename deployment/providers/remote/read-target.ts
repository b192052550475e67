import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../../../core/model/usage-error.ts';
import { readSecret } from '../../../schemas/suite/secret-source.ts';
import { parseTargetFile, type TargetFile } from '../../../schemas/suite/target-file.ts';

/** A target file with its secrets read and its paths resolved. */
export interface TargetSource {
  readonly path: string;
  readonly file: TargetFile;
  readonly caCertificates?: string;
  readonly adminToken?: string;
  readonly accounts: readonly PoolAccount[];
}

export type PoolAccount =
  | { readonly userId: string; readonly password: string }
  | { readonly userId: string; readonly accessToken: string; readonly deviceId: string };

/** Throws before anything is sent when the file, a secret or the permission is not in order. */
export function readTarget(path: string, now: Date): TargetSource {
  const file = parseTargetFile(readText(path), path);
  refuseExpired(path, file, now);
  const from = { environment: process.env, folder: dirname(resolve(path)) };
  const accounts = file.accounts.map((account): PoolAccount => {
    const { userId } = account;
    if ('password' in account) return { userId, password: readSecret(account.password, from) };
    return { userId, deviceId: account.deviceId, accessToken: readSecret(account.accessToken, from) };
  });
  return {
    path,
    file,
    accounts,
    ...(file.caCertificates === undefined ? {} : { caCertificates: resolve(from.folder, file.caCertificates) }),
    ...(file.adminToken === undefined ? {} : { adminToken: readSecret(file.adminToken, from) }),
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(
      {
        de: `Die Zieldatei ${path} ist nicht lesbar; Pfad und Rechte prüfen oder mit „pruefstand init“ eine anlegen.`,
        en: `The target file ${path} cannot be read; check path and rights or make one with "pruefstand init".`,
      },
      { cause },
    );
  }
}

function refuseExpired(path: string, { permissions }: TargetFile, now: Date): void {
  if (now.getTime() <= Date.parse(permissions.until)) return;
  const { name, role } = permissions.grantedBy;
  throw new UsageError({
    de: `Die Erlaubnis in ${path} endete am ${permissions.until}; bei ${name} (${role}) eine neue einholen und „until“ anpassen.`,
    en: `The permission in ${path} ended at ${permissions.until}; ask ${name} (${role}) for a new one and correct "until".`,
  });
}
