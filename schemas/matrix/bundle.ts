import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isJsonObject } from '../json.ts';
import { escapePointerStep } from '../json-pointer.ts';
import { once } from '../once.ts';
import type { Api } from './api.ts';
import type { OperationFacts } from './operation-facts.ts';

const folder = join(import.meta.dirname, 'v1.19');

interface Index {
  readonly operations: readonly string[];
  readonly definitions: readonly string[];
}

/** Imported operations of one API. */
export function readOperationFacts(api: Api): OperationFacts[] {
  const files = readIndex().operations.filter((file) => file.startsWith(`${api}/`));
  return files.flatMap((file) => readJson<OperationFacts[]>(file));
}

/** Shared schemas by name; events are named "event.<type>" or "event.<type>$<sub-type>". */
export function readDefinitions(): ReadonlyMap<string, unknown> {
  return new Map(
    readIndex().definitions.map((file) => {
      const name = basename(file, '.json');
      return [file.startsWith('events/') ? `event.${name}` : name, readJson<unknown>(file)];
    }),
  );
}

/** The schema with the definitions it needs, and no others, beside it. */
export function withDefinitions(schema: unknown, definitions: ReadonlyMap<string, unknown>): object {
  const needed = new Map<string, unknown>();
  const queue = referencesIn(schema);
  for (const name of queue) {
    if (needed.has(name)) continue;
    const definition = definitions.get(name);
    if (definition === undefined) throw new Error(`no definition named ${name} in ${folder}`);
    needed.set(name, definition);
    queue.push(...referencesIn(definition));
  }
  const root = isJsonObject(schema) ? schema : { allOf: [schema] };
  return needed.size === 0 ? root : { ...root, $defs: Object.fromEntries(needed) };
}

export function referenceTo(name: string): object {
  return { $ref: `#/$defs/${escapePointerStep(name)}` };
}

export function definitionName($ref: string): string {
  return $ref.replace('#/$defs/', '');
}

function referencesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(referencesIn);
  if (!isJsonObject(node)) return [];
  const own = typeof node['$ref'] === 'string' ? [definitionName(node['$ref'])] : [];
  return [...own, ...Object.values(node).flatMap(referencesIn)];
}

const readIndex = once(() => readJson<Index>('index.json'));

// The importer wrote these files and its tests compile all of them; they are not input.
function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
}
