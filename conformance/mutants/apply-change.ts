import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../../schemas/json.ts';
import { valueAt, withoutValueAt, withValueAt } from '../lib/json.ts';
import type { Change, Edit, ReadableChange } from './mutant.ts';

/** An answer with its body as a value. */
export interface ReadAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
}

export function applyChange(answer: ReadAnswer, change: ReadableChange): ReadAnswer {
  if ('status' in change) return { ...answer, status: change.status };
  if ('edits' in change) return { ...answer, json: change.edits.reduce(edited, answer.json) };
  const headers = Object.entries(answer.headers).filter(([name]) => name !== change.withoutHeader);
  return { ...answer, headers: Object.fromEntries(headers) };
}

function edited(json: unknown, edit: Edit): unknown {
  if ('to' in edit) return withValueAt(json, edit.at, edit.to);
  return 'removed' in edit ? withoutValueAt(json, edit.at) : renamed(json, edit);
}

function renamed(json: unknown, { at, renamedTo }: Extract<Edit, { renamedTo: string }>): unknown {
  const parent = valueAt(json, at.slice(0, -1));
  if (!isJsonObject(parent)) return json;
  const entries = Object.entries(parent).map(([key, value]) => [key === at.at(-1) ? renamedTo : key, value]);
  return withValueAt(json, at.slice(0, -1), Object.fromEntries(entries));
}

/** Whether another answer says the same in the place of the change: then a target that lies there does so again. */
export function saysTheSame(answer: ReadAnswer, other: ReadAnswer, change: Change): boolean {
  if ('status' in change) return answer.status === other.status;
  if ('withoutHeader' in change) return answer.headers[change.withoutHeader] === other.headers[change.withoutHeader];
  if ('body' in change) return isDeepStrictEqual(answer.json, other.json);
  return change.edits.every(({ at }) => isDeepStrictEqual(valueAt(answer.json, at), valueAt(other.json, at)));
}
