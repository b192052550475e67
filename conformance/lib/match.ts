import { redactJson } from '../../core/http/redact.ts';
import type { Finding } from '../../core/model/finding.ts';
import { isJsonObject } from '../../schemas/json.ts';
import { type Answer, findingAt } from './answer.ts';
import { canonicalJson, stringAt } from './json.ts';

/** Names the deviation: a code that stays the same, a German title. */
export type Claim = Pick<Finding, 'code' | 'title'>;

/** Pure: nothing found means that it holds. */
export type Findings = readonly Finding[];

export function expectStatus(answer: Answer, wanted: number, claim: Claim): Findings {
  return expectThat(answer, answer.status === wanted, {
    ...claim,
    expected: `Status ${wanted}`,
    observed: shownError(answer),
  });
}

export interface WantedError {
  readonly status: number;
  readonly errcode: string | readonly string[];
}

export function expectError(answer: Answer, { status, errcode }: WantedError, claim: Claim): Findings {
  const codes = [errcode].flat();
  const got = stringAt(answer.json, ['errcode']);
  return expectThat(answer, answer.status === status && got !== undefined && codes.includes(got), {
    ...claim,
    expected: `Status ${status} mit errcode ${codes.join(' oder ')}`,
    observed: shownError(answer),
  });
}

export function expectEqual(answer: Answer, what: { wanted: unknown; got: unknown }, claim: Claim): Findings {
  const { wanted, got } = what;
  return expectThat(answer, canonicalJson(wanted) === canonicalJson(got), {
    ...claim,
    expected: shown(wanted),
    observed: shown(got),
  });
}

type Statement = Pick<Finding, 'code' | 'title' | 'expected' | 'observed'>;

export function expectThat(answer: Answer, holds: boolean, statement: Statement): Findings {
  return holds ? [] : [findingAt(answer, statement)];
}

const mostCharacters = 200;

/** A value for people, without secrets and message text, cut; what it is stands before it in words. */
export function shown(value: unknown): string {
  const seen = redactJson(value);
  if (seen === undefined) return 'nichts';
  if (typeof seen === 'boolean') return seen ? 'ja (true)' : 'nein (false)';
  if (typeof seen === 'string') return seen === '' ? 'leerer Text' : `„${cut(seen)}“`;
  if (Array.isArray(seen)) return shownList(seen);
  if (!isJsonObject(seen)) return canonicalJson(seen);
  return Object.keys(seen).length === 0 ? 'leeres Objekt' : `Objekt ${cut(canonicalJson(seen))}`;
}

function shownList(list: readonly unknown[]): string {
  if (list.length === 0) return 'leere Liste';
  const entries = list.map((entry) => (typeof entry === 'string' ? entry : canonicalJson(entry)));
  return `Liste mit ${list.length === 1 ? '1 Eintrag' : `${list.length} Einträgen`}: ${cut(entries.join(', '))}`;
}

const cut = (text: string): string => (text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)} …`);

function shownError({ status, json, headers }: Answer): string {
  const errcode = stringAt(json, ['errcode']);
  if (errcode !== undefined) return `Status ${status} mit errcode ${errcode}`;
  const kind = json === undefined ? `kein JSON (${headers['content-type'] ?? 'ohne Content-Type'})` : 'ohne errcode';
  return `Status ${status}, ${kind}`;
}
