import { isJsonObject, type JsonObject } from '../json.ts';
import type { ContentFacts, OperationFacts, ParameterFacts } from '../matrix/operation-facts.ts';
import type { SchemaFacts } from './schema-facts.ts';
import { below, type Place, type Source } from './source.ts';

const methods = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);

interface Context {
  readonly source: Source;
  readonly schemas: SchemaFacts;
}

/** All operations of one OpenAPI document; empty when the file is not one. */
export function operationsOfFile(context: Context, file: string): OperationFacts[] {
  const document = context.source.read(file);
  if (!isJsonObject(document) || !isJsonObject(document['paths'])) return [];
  const basePath = basePathOf(document, file);
  return Object.entries(document['paths']).flatMap(([path, item]) =>
    entriesOf(item).map(([method, operation]) => {
      if (!methods.has(method)) throw new Error(`${file}: unknown key "${method}" beside the methods of ${path}`);
      const place = below({ file, pointer: '' }, 'paths', path, method);
      const facts = operationFacts(context, asObject(operation), place);
      // A trailing blank in a path key tells two operations apart that are one to a server.
      return { ...facts, method: method.toUpperCase(), path: `${basePath}${path.trim()}` };
    }),
  );
}

function operationFacts(
  context: Context,
  operation: JsonObject,
  place: Place,
): Omit<OperationFacts, 'method' | 'path'> {
  const security = listOf(operation['security']).map((scheme) => Object.keys(asObject(scheme)).join('+'));
  const request = operation['requestBody'];
  return {
    id: String(operation['operationId']),
    security,
    requiresToken: security.length > 0 && security.every((name) => name.toLowerCase().includes('accesstoken')),
    deprecated: operation['deprecated'] === true,
    ...versionsOf(operation),
    parameters: listOf(operation['parameters']).map((item) => parameterFacts(context, item, place)),
    ...(request === undefined ? {} : { request: requestFacts(context, request, place) }),
    responses: Object.fromEntries(
      entriesOf(operation['responses']).map(([status, response]) => [
        status,
        responseFacts(context, response, below(place, 'responses', status)),
      ]),
    ),
  };
}

function parameterFacts(context: Context, item: unknown, from: Place): ParameterFacts {
  const { node, place } = follow(context, item, from);
  return {
    name: String(node['name']),
    in: String(node['in']),
    required: node['required'] === true,
    ...versionsOf(node),
    schema: context.schemas.convert(node['schema'], below(place, 'parameters', String(node['name']))),
  };
}

function requestFacts(context: Context, item: unknown, from: Place): ContentFacts & { readonly required: boolean } {
  const { node, place } = follow(context, item, from);
  return { required: node['required'] === true, content: contentOf(context, node, below(place, 'requestBody')) };
}

function responseFacts(context: Context, item: unknown, from: Place): OperationFacts['responses'][string] {
  const { node, place } = follow(context, item, from);
  return { ...versionsOf(node), content: contentOf(context, node, place) };
}

function contentOf({ schemas }: Context, node: JsonObject, place: Place): Readonly<Record<string, unknown>> {
  const media = entriesOf(node['content']).map(([type, body]) => {
    return [type, schemas.convert(asObject(body)['schema'] ?? true, below(place, type))] as const;
  });
  return Object.fromEntries(media);
}

function follow({ source }: Context, item: unknown, place: Place): { node: JsonObject; place: Place } {
  const node = asObject(item);
  if (typeof node['$ref'] !== 'string') return { node, place };
  const target = source.resolve(node['$ref'], place);
  return { node: asObject(target.node), place: target.place };
}

function versionsOf(node: JsonObject): { added?: string; changed?: readonly string[] } {
  const added = node['x-addedInMatrixVersion'];
  const changed = node['x-changedInMatrixVersion'];
  return {
    ...(added === undefined ? {} : { added: String(added) }),
    ...(isJsonObject(changed) ? { changed: Object.keys(changed).sort() } : {}),
  };
}

function basePathOf(document: JsonObject, file: string): string {
  const server = asObject(listOf(document['servers'])[0]);
  const basePath = asObject(asObject(server['variables'])['basePath'])['default'];
  if (typeof basePath !== 'string') throw new Error(`${file}: servers name no basePath`);
  return basePath;
}

function asObject(value: unknown): JsonObject {
  if (!isJsonObject(value)) throw new Error(`expected a mapping, got ${JSON.stringify(value)?.slice(0, 80)}`);
  return value;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function entriesOf(value: unknown): [string, unknown][] {
  return isJsonObject(value) ? Object.entries(value) : [];
}
