import { posix } from 'node:path';
import { stableJson } from '../json.ts';
import type { OperationFacts } from '../matrix/operation-facts.ts';
import { eventFolder } from './definition-names.ts';
import { mergeOperations } from './merge-operations.ts';
import { operationsOfFile } from './operations-of-file.ts';
import { createSchemaFacts, type Normalised, type SchemaFacts } from './schema-facts.ts';
import { openSource, type Source } from './source.ts';

export interface ImportedSpecification {
  /** JSON text by path below the output folder. */
  readonly files: ReadonlyMap<string, string>;
  readonly operationCount: number;
  /** As documented, before operations are merged. */
  readonly jsonResponseCount: number;
  readonly eventCount: number;
  readonly definitionCount: number;
  /** Routes the specification documents twice. */
  readonly merged: readonly string[];
  readonly normalised: Normalised;
}

/** Reads the specification's data folder; touches nothing else. */
export function importSpecification(dataFolder: string, apis: readonly string[]): ImportedSpecification {
  const source = openSource(dataFolder);
  const schemas = createSchemaFacts(source);
  const files = new Map<string, string>();
  const imported = apis.map((api) => addOperations({ source, schemas, files }, api));
  const operations = imported.flatMap(({ merged }) => merged);
  const events = defineEvents(source, schemas);
  for (const [name, schema] of schemas.definitions()) files.set(fileOfDefinition(name), stableJson(schema));
  const paths = [...files.keys()].sort();
  const normalised = schemas.normalised();
  files.set(
    'index.json',
    stableJson({ operations: within(paths, apis), definitions: within(paths, ['definitions', 'events']) }),
  );
  files.set('normalised.json', stableJson(normalised));
  return {
    files,
    operationCount: operations.length,
    jsonResponseCount: imported.flatMap(({ documented }) => documented.flatMap(jsonResponsesOf)).length,
    eventCount: events.length,
    definitionCount: schemas.definitions().size,
    merged: operations
      .filter(({ alternatives }) => alternatives !== undefined)
      .map(({ method, path }) => `${method} ${path}`),
    normalised,
  };
}

interface Output {
  readonly source: Source;
  readonly schemas: SchemaFacts;
  readonly files: Map<string, string>;
}

interface ImportedOperations {
  readonly documented: readonly OperationFacts[];
  readonly merged: readonly OperationFacts[];
}

// A merged operation stays in the file of its first form.
function addOperations({ source, schemas, files }: Output, api: string): ImportedOperations {
  const fileById = new Map<string, string>();
  const documented = source.list(`api/${api}`).flatMap((name) => {
    const found = operationsOfFile({ source, schemas }, `api/${api}/${name}`);
    for (const { id } of found) fileById.set(id, `${api}/${posix.basename(name, '.yaml')}.json`);
    return found;
  });
  const merged = mergeOperations(documented);
  for (const [file, group] of Map.groupBy(merged, ({ id }) => fileById.get(id) ?? ''))
    files.set(file, stableJson(group));
  return { documented, merged };
}

const jsonResponsesOf = ({ responses }: OperationFacts): unknown[] =>
  Object.values(responses).filter(({ content }) => 'application/json' in content);

function defineEvents(source: Source, schemas: SchemaFacts): string[] {
  return source.list(eventFolder).map((name) => {
    const place = { file: `${eventFolder}/${name}`, pointer: '' };
    return schemas.define(place, source.read(place.file));
  });
}

function fileOfDefinition(name: string): string {
  return name.startsWith('event.m.') ? `events/${name.replace('event.', '')}.json` : `definitions/${name}.json`;
}

function within(paths: readonly string[], folders: readonly string[]): string[] {
  return paths.filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)));
}
