import type { Api } from './api.ts';
import type { OperationFacts } from './operation-facts.ts';
import { addedByChangelog } from './unmarked-versions.ts';

/** An endpoint as the specification documents it. */
export interface Operation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** Full path template, e.g. /_matrix/client/v3/rooms/{roomId}/join. */
  readonly path: string;
  readonly api: Api;
  readonly requiresToken: boolean;
  readonly deprecated: boolean;
  /** Version of the specification that introduced it, when it names one. */
  readonly added?: string;
  /** Documented status codes, or ranges such as "4XX". */
  readonly statuses: readonly string[];
}

export interface OperationTable {
  readonly operations: readonly Operation[];
  /** Path without query; of several templates that fit, the one with literal segments furthest to the left. */
  match(method: string, path: string): Operation | undefined;
}

// State keys are often empty, and the specification then makes the slash before them optional.
const mayBeEmpty = '{stateKey}';

export function createOperationTable(operations: readonly Operation[]): OperationTable {
  const routes = operations
    .map((operation) => ({ operation, template: operation.path.split('/') }))
    .sort((a, b) => (specificity(a.template) < specificity(b.template) ? -1 : 1));
  return {
    operations,
    match: (method, path) => {
      const segments = path.split('/');
      return routes.find(({ operation, template }) => {
        return operation.method === method.toUpperCase() && fits(template, segments);
      })?.operation;
    },
  };
}

export function operationFromFacts(api: Api, facts: OperationFacts): Operation {
  const { id, method, path, requiresToken, deprecated, responses } = facts;
  const added = facts.added ?? addedByChangelog[id];
  const statuses = Object.keys(responses).sort();
  return { id, method, path, api, requiresToken, deprecated, statuses, ...(added === undefined ? {} : { added }) };
}

// Sorts literal segments before parameters, from left to right.
function specificity(template: readonly string[]): string {
  return template.map((segment) => (isParameter(segment) ? '1' : '0')).join('');
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  const isShort = segments.length === template.length - 1 && template.at(-1) === mayBeEmpty;
  if (!isShort && segments.length !== template.length) return false;
  return template.every((expected, index) => {
    const segment = segments[index] ?? '';
    return isParameter(expected) ? segment !== '' || expected === mayBeEmpty : segment === expected;
  });
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{') && segment.endsWith('}');
}
