import { parsedJson } from '../../core/parsed-json.ts';
import { isJsonObject } from '../../schemas/json.ts';
import type { Operation } from '../../schemas/matrix/operations.ts';
import type { Answer } from './answer.ts';
import type { Asked } from './answer-findings.ts';
import { stringAt } from './json.ts';

/** Who syncs may choose fields of events, or another format: what comes then are no whole events to be judged. */
export interface ChosenFields {
  /** Filters are chosen by their name later. */
  note(operation: Operation, answer: Answer, asked: Asked): void;
  areChosen(operation: Operation, asked: Asked): boolean;
}

export function createChosenFields(): ChosenFields {
  const named = new Set<string>();
  return {
    note: ({ id }, { status, json }, { body }) => {
      const name = stringAt(json, ['filter_id']);
      if (id === 'defineFilter' && status === 200 && name !== undefined && choosesFields(body)) named.add(name);
    },
    areChosen: ({ id }, { query }) => {
      const filter = query?.['filter'];
      if (id !== 'sync' || typeof filter !== 'string') return false;
      return named.has(filter) || filterChoosesFields(filter);
    },
  };
}

/** Of a filter as a request carries it. */
export const filterChoosesFields = (filter: string): boolean => choosesFields(parsedJson(filter));

function choosesFields(filter: unknown): boolean {
  return isJsonObject(filter) && (filter['event_fields'] !== undefined || filter['event_format'] === 'federation');
}

/** The same answer with empty lists of events. */
export function withoutEvents(json: unknown): unknown {
  if (!isJsonObject(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [
      key,
      key === 'events' && Array.isArray(value) ? [] : withoutEvents(value),
    ]),
  );
}
