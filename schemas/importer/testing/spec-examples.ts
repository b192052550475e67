import { isJsonObject, type JsonObject } from '../../json.ts';
import { openSource, type Place, type Source } from '../source.ts';
import { specData } from './spec-data.ts';

export interface ResponseExample {
  readonly operationId: string;
  readonly status: number;
  readonly name: string;
  readonly body: unknown;
}

/** The JSON examples the specification gives for responses of one API. */
export function responseExamples(api: string): ResponseExample[] {
  const source = openSource(specData);
  return source.list(`api/${api}`).flatMap((name) => {
    const place = { file: `api/${api}/${name}`, pointer: '' };
    return operationsIn(source.read(place.file)).flatMap((operation) =>
      membersOf(operation['responses']).flatMap(([status, response]) =>
        examplesOf(source, response, place).map((example) => ({
          operationId: String(operation['operationId']),
          status: Number(status),
          ...example,
        })),
      ),
    );
  });
}

/** The JSON schemas of responses that are written out where they are used. */
export function ownResponseSchemas(source: Source, api: string): { readonly schema: unknown; readonly place: Place }[] {
  return source.list(`api/${api}`).flatMap((name) => {
    const file = `api/${api}/${name}`;
    return operationsIn(source.read(file)).flatMap((operation) =>
      membersOf(operation['responses']).flatMap(([status, response]) => {
        const schema = memberOf(response, 'content', 'application/json', 'schema');
        return schema === undefined
          ? []
          : [{ schema, place: { file, pointer: `/${operation['operationId']}/${status}` } }];
      }),
    );
  });
}

/** The examples of events, with the name of the file each is in. */
export function eventExamples(): { readonly file: string; readonly event: unknown }[] {
  const source = openSource(specData);
  const folder = 'event-schemas/examples';
  return source.list(folder).map((file) => {
    const place = { file: `${folder}/${file}`, pointer: '' };
    return { file, event: expand(source, source.read(place.file), place) };
  });
}

function examplesOf(source: Source, response: unknown, place: Place): { name: string; body: unknown }[] {
  const ref = memberOf(response, '$ref');
  const node = typeof ref === 'string' ? source.resolve(ref, place).node : response;
  return membersOf(memberOf(node, 'content', 'application/json', 'examples')).map(([name, example]) => ({
    name,
    body: memberOf(expand(source, example, place), 'value'),
  }));
}

// Inside examples the specification lets the keys beside a $ref override what it leads to.
function expand(source: Source, node: unknown, place: Place): unknown {
  if (Array.isArray(node)) return node.map((item) => expand(source, item, place));
  if (!isJsonObject(node)) return node;
  const { $ref, ...own } = node;
  const expanded = Object.fromEntries(Object.entries(own).map(([key, value]) => [key, expand(source, value, place)]));
  if (typeof $ref !== 'string') return expanded;
  const target = source.resolve($ref, place);
  const base = expand(source, target.node, target.place);
  return isJsonObject(base) ? { ...base, ...expanded } : base;
}

function operationsIn(document: unknown): JsonObject[] {
  return membersOf(memberOf(document, 'paths')).flatMap(([, item]) =>
    membersOf(item).flatMap(([, operation]) => (isJsonObject(operation) ? [operation] : [])),
  );
}

function memberOf(node: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>((value, key) => (isJsonObject(value) ? value[key] : undefined), node);
}

function membersOf(node: unknown): [string, unknown][] {
  return isJsonObject(node) ? Object.entries(node) : [];
}
