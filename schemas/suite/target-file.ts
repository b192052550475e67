import { readFileSync } from 'node:fs';
import { type Text, textIn } from '../../core/model/text.ts';
import { UsageError } from '../../core/model/usage-error.ts';
import { valueAtPointer } from '../json-pointer.ts';
import { createValidator, type Validator } from '../validator.ts';
import { placeOfJsonError } from './json-position.ts';
import type { SecretSource } from './secret-source.ts';
import { adviceFor, isUnknownKey, readableLine, schemaAt } from './target-advice.ts';

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
  readonly mayStress: {
    readonly users: number;
    readonly messagesPerSecond?: number;
    /** ISO 8601 with time zone: load only between them. */
    readonly from?: string;
    readonly until?: string;
  };
  /** Of all checks together, load aside; 20 where nothing is said. */
  readonly requestsPerSecond?: number;
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
  const file = data as TargetFile;
  refuseForeignAccounts(file, path);
  return withoutTrailingSlashes(file);
}

/** Whether a value may stand at a place of the file, given as a JSON pointer, by the schema's rule for that place alone. */
export function isValidAt(pointer: string, value: unknown): boolean {
  const root = readSchema();
  const rule = schemaAt(pointer, root);
  if (rule === undefined) throw new Error(`target.schema.json has no ${pointer}`);
  return createValidator({ ...rule, $defs: valueAtPointer(root, '/$defs') })(value).length === 0;
}

/** What is wrong with a user id of another server, or nothing: such an account can never log in. */
export function accountProblem(userId: string, serverName: string): Text | undefined {
  const server = userId.slice(userId.indexOf(':') + 1);
  if (server === serverName) return undefined;
  return {
    de: `Das Konto ${userId} gehört zum Server ${server}, „serverName“ ist aber ${serverName}: eines von beiden berichtigen`,
    en: `the account ${userId} belongs to the server ${server}, but "serverName" is ${serverName}: correct one of the two`,
  };
}

function refuseForeignAccounts({ accounts, serverName }: TargetFile, path: string): void {
  for (const [index, { userId }] of accounts.entries()) {
    const problem = accountProblem(userId, serverName);
    if (problem === undefined) continue;
    const key = `/accounts/${index}/userId`;
    throw new UsageError({
      de: `Zieldatei ${path}, Schlüssel ${key}: ${textIn('de', problem)}`,
      en: `target file ${path}, key ${key}: ${textIn('en', problem)}`,
    });
  }
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
