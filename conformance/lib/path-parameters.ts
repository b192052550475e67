import type { Answer } from './answer.ts';
import { stringAt } from './json.ts';

/** A value for every parameter a path names; what nobody cares about gets a name of ours. */
export function pathParameters(path: string, values: Readonly<Record<string, string>>): Record<string, string> {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, values[name] ?? 'pruefstand']));
}

/** The server does not know such an endpoint. */
export const isAbsent = ({ status, json }: Pick<Answer, 'status' | 'json'>): boolean =>
  (status === 404 || status === 405) && stringAt(json, ['errcode']) === 'M_UNRECOGNIZED';
