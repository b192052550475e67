import { readFileSync } from 'node:fs';
import { UsageError } from '../../core/model/usage-error.ts';
import { createValidator, type Validator } from '../validator.ts';
import { placeOfJsonError } from './json-position.ts';
import type { SecretSource } from './secret-source.ts';
import { adviceFor, isUnknownKey, readableLine } from './target-advice.ts';

/** A deployment that is already running, as written by hand or by `pruefstand init`; see target.schema.json. */
export interface TargetFile {
  readonly name: string;
  readonly description?: string;
  readonly serverName: string;
  /** URLs are without trailing slash. */
  readonly homeserverUrl: string;
  readonly clientUrl?: string;
  readonly adminUrl?: string;
  readonly adminToken?: SecretSource;
  readonly proxy?: string;
  /** Relative to the target file. */
  readonly caCertificates?: string;
  readonly accounts: readonly TargetAccount[];
  readonly permissions: TargetPermissions;
}

export type TargetAccount =
  | { readonly userId: string; readonly password: SecretSource }
  | { readonly userId: string; readonly accessToken: SecretSource; readonly deviceId: string };

export interface TargetPermissions {
  readonly mayMutate: boolean;
  /** users 0: no load at all. */
  readonly mayStress: { readonly users: number; readonly messagesPerSecond?: number };
  /** ISO 8601 with time zone. */
  readonly until: string;
  readonly grantedBy: { readonly name: string; readonly role: string; readonly date: string };
}

let validator: Validator | undefined;

/** Throws UsageError: first line what, where and what to do, further problems below. Whether `until` has passed is not judged here. */
export function parseTargetFile(text: string, path: string): TargetFile {
  const data = parseJson(text, path);
  validator ??= createValidator(readSchema());
  // An unknown key first: it often is the missing one, mistyped.
  const lines = validator(data)
    .map((line) => readableLine(line, data))
    .sort((a, b) => Number(isUnknownKey(b)) - Number(isUnknownKey(a)));
  if (lines.length > 0) {
    const [first = '', ...rest] = lines.map((line) => `${line}${adviceFor(line, readSchema())}`);
    const where = first.startsWith('/') ? `target file ${path}, key` : `target file ${path}`;
    throw new UsageError([`${where} ${first}`, ...rest.map((line) => `  also ${line}`)].join('\n'));
  }
  return withoutTrailingSlashes(data as TargetFile);
}

function parseJson(withMark: string, path: string): unknown {
  const text = withMark.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const place = placeOfJsonError(text, error);
    throw new UsageError(
      `target file ${path} is no valid JSON at ${place}: correct it there or make a new one with "pruefstand init"`,
    );
  }
}

function readSchema(): object {
  return JSON.parse(readFileSync(new URL('target.schema.json', import.meta.url), 'utf8'));
}

function withoutTrailingSlashes(file: TargetFile): TargetFile {
  const strip = (url: string) => url.replace(/\/+$/, '');
  const { homeserverUrl, clientUrl, adminUrl, ...rest } = file;
  return {
    ...rest,
    homeserverUrl: strip(homeserverUrl),
    ...(clientUrl === undefined ? {} : { clientUrl: strip(clientUrl) }),
    ...(adminUrl === undefined ? {} : { adminUrl: strip(adminUrl) }),
  };
}
