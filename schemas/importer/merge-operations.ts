import { stableJson } from '../json.ts';
import type { ContentFacts, OperationFacts } from '../matrix/operation-facts.ts';

/** One entry per method and path: operations the specification documents twice become one with alternatives. */
export function mergeOperations(operations: readonly OperationFacts[]): OperationFacts[] {
  const byRoute = new Map<string, OperationFacts>();
  for (const operation of [...operations].sort(byId)) {
    const route = `${operation.method} ${operation.path}`;
    const known = byRoute.get(route);
    byRoute.set(route, known === undefined ? operation : mergePair(known, operation));
  }
  return [...byRoute.values()];
}

function byId(a: OperationFacts, b: OperationFacts): number {
  return a.id < b.id ? -1 : 1;
}

function mergePair(a: OperationFacts, b: OperationFacts): OperationFacts {
  if (stableJson(a.security) !== stableJson(b.security)) throw new Error(`${a.id} and ${b.id} differ in security`);
  const statuses = new Set([...Object.keys(a.responses), ...Object.keys(b.responses)]);
  const parameters = new Map([...a.parameters, ...b.parameters].map((item) => [`${item.in} ${item.name}`, item]));
  const { added: _added, changed: _changed, request: _request, ...rest } = a;
  return {
    ...rest,
    alternatives: [...(a.alternatives ?? []), b.id],
    deprecated: a.deprecated && b.deprecated,
    ...mergeVersions(a, b),
    parameters: [...parameters.values()],
    ...mergeRequests(a, b),
    responses: Object.fromEntries(
      [...statuses].map((status) => [status, mergeContents(a.responses[status], b.responses[status])]),
    ),
  };
}

// Older of the two: the route exists since one of them does. No mark means it was there from the beginning.
function mergeVersions(a: OperationFacts, b: OperationFacts): { added?: string; changed?: readonly string[] } {
  const changed = [...new Set([...(a.changed ?? []), ...(b.changed ?? [])])].sort();
  const added = [a.added, b.added].sort((x, y) => minorOf(x) - minorOf(y))[0];
  return { ...(added === undefined ? {} : { added }), ...(changed.length === 0 ? {} : { changed }) };
}

function minorOf(version: string | undefined): number {
  return version === undefined ? 0 : Number(version.split('.')[1]);
}

function mergeRequests(a: OperationFacts, b: OperationFacts): Pick<OperationFacts, 'request'> {
  if (a.request === undefined && b.request === undefined) return {};
  const required = a.request?.required === true && b.request?.required === true;
  return { request: { required, ...mergeContents(a.request, b.request) } };
}

function mergeContents(a: ContentFacts | undefined, b: ContentFacts | undefined): ContentFacts {
  const types = new Set([...Object.keys(a?.content ?? {}), ...Object.keys(b?.content ?? {})]);
  return {
    content: Object.fromEntries([...types].map((type) => [type, eitherSchema(a?.content[type], b?.content[type])])),
  };
}

function eitherSchema(a: unknown, b: unknown): unknown {
  if (a === undefined) return b;
  return b === undefined || stableJson(a) === stableJson(b) ? a : { anyOf: [a, b] };
}
