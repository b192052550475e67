import type { Exercise } from '../../core/model/exercise.ts';
import type { OperationFacts } from '../../schemas/matrix/operation-facts.ts';
import { type Undocumented, undocumentedIn } from './undocumented.ts';

/** Operations that are not exercised, as conformance/operations.yaml holds them. */
export interface Declarations {
  readonly notImplemented: readonly Declared[];
  readonly notApplicable: readonly (Declared & { readonly setting: string })[];
  /** Where the setting is otherwise, the target answers as for an unknown endpoint. */
  readonly optional: readonly {
    readonly setting: string;
    readonly operations: readonly string[];
    readonly reason: string;
  }[];
  /** Succeed, but never err as documented; the check that finds it. */
  readonly deviating: readonly (Declared & { readonly check: string })[];
  readonly notBuilt: readonly Declared[];
}

interface Declared {
  readonly operation: string;
  readonly reason: string;
}

export type OperationState =
  | { readonly state: 'exercised' }
  | { readonly state: 'notImplemented' | 'notApplicable' | 'deviating' | 'notBuilt'; readonly reason: string }
  | { readonly state: 'unexplained'; readonly missing: readonly ('success' | 'error')[] };

export type OperationCoverage = OperationState & {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** Every kind of answer that was seen, e.g. `404 M_NOT_FOUND`, with how many of them were validated. */
  readonly answers: Readonly<Record<string, number>>;
  readonly undocumented: Undocumented;
};

/**
 * Exercised means that a documented success and an error were provoked and both compared with the specification, as far
 * as it describes them;
 * that somebody without a token is refused, or that the endpoint is not there, is no exercise by itself.
 */
export function coverageOf(
  operations: readonly OperationFacts[],
  exercises: readonly Exercise[],
  declarations: Declarations,
): OperationCoverage[] {
  const seen = Map.groupBy(exercises, ({ operation }) => operation);
  return operations.map((facts) => {
    const answers = seen.get(facts.id) ?? [];
    const { id, method, path } = facts;
    const state = stateOf(facts, answers, declarations);
    const undocumented = undocumentedIn(facts, answers);
    return { operation: id, method, path, ...state, answers: counted(answers), undocumented };
  });
}

function stateOf(facts: OperationFacts, answers: readonly Exercise[], declarations: Declarations): OperationState {
  const missing = missingOf(facts, answers);
  if (missing.length === 0) return { state: 'exercised' };
  for (const state of ['notImplemented', 'notApplicable', 'notBuilt'] as const) {
    const declared = declarations[state].find(({ operation }) => operation === facts.id);
    if (declared === undefined) continue;
    const reason = 'setting' in declared ? `${declared.reason} (${declared.setting})` : declared.reason;
    return { state, reason };
  }
  const deviating = declarations.deviating.find(({ operation }) => operation === facts.id);
  if (deviating !== undefined && !missing.includes('success'))
    return { state: 'deviating', reason: `${deviating.reason} (${deviating.check})` };
  return { state: 'unexplained', missing };
}

function missingOf(facts: OperationFacts, answers: readonly Exercise[]): ('success' | 'error')[] {
  const succeeded = answers.some(
    ({ status, validated }) =>
      status < 400 && isDocumented(facts, status) && (validated > 0 || !isDescribed(facts, status)),
  );
  const empty = documentsMoreThanTokens(facts) ? [...absent, ...tokenRefusals] : absent;
  const failed = answers.some(
    ({ status, errcode, validated }) =>
      status >= 400 && validated > 0 && !isUnforeseen(facts, status) && !empty.includes(errcode ?? ''),
  );
  return [...(succeeded ? [] : (['success'] as const)), ...(failed || !canRefuse(facts) ? [] : (['error'] as const))];
}

/** The endpoint is not there: that says nothing about the operation. */
const absent = ['M_UNRECOGNIZED'];

/** Every protected operation is asked without a token and with a wrong one; where it has errors of its own, that is not enough. */
const tokenRefusals = ['M_MISSING_TOKEN', 'M_UNKNOWN_TOKEN'];

const documentsMoreThanTokens = ({ responses }: OperationFacts): boolean =>
  Object.keys(responses).some((status) => status.startsWith('4') && status !== '401' && status !== '429');

const documentedAt = ({ responses }: OperationFacts, status: number) =>
  responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`];

const isDocumented = (facts: OperationFacts, status: number): boolean => documentedAt(facts, status) !== undefined;

/** Whether a schema says what such an answer holds: not of files, pages and redirects. */
const isDescribed = (facts: OperationFacts, status: number): boolean =>
  documentedAt(facts, status)?.content['application/json'] !== undefined;

/** An inner error has the form of errors too, and says nothing about the operation. */
const isUnforeseen = (facts: OperationFacts, status: number): boolean => status >= 500 && !isDocumented(facts, status);

/** What is asked for with nothing that could be wrong errs only under a limit, or where it is not offered at all. */
function canRefuse({ requiresToken, parameters, request, responses }: OperationFacts): boolean {
  const documentsError = Object.keys(responses).some(
    (status) => /^[45]/.test(status) && !['404', '429'].includes(status),
  );
  return requiresToken || parameters.length > 0 || request !== undefined || documentsError;
}

function counted(answers: readonly Exercise[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { status, errcode, validated } of answers) {
    const kind = errcode === undefined ? String(status) : `${status} ${errcode}`;
    counts.set(kind, (counts.get(kind) ?? 0) + validated);
  }
  return Object.fromEntries([...counts].toSorted(([a], [b]) => a.localeCompare(b, 'en')));
}
