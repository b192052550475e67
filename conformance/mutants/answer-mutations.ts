import type { Operation } from '../../schemas/matrix/operations.ts';
import type { RecordedAnswer } from '../replay/recording.ts';
import type { Change, MutationKind } from './mutant.ts';

export interface AnswerMutation {
  readonly kind: MutationKind;
  readonly pattern: string;
  readonly change: Change;
}

/** Lies about an answer as a whole. */
export function answerMutations(answer: RecordedAnswer, operation: Operation | undefined): readonly AnswerMutation[] {
  return [...statusMutations(answer, operation), ...headerMutations(answer)];
}

/** A limit is a proper answer to everything, and everybody waits for it to pass. */
const limited = 429;

function statusMutations({ status }: RecordedAnswer, operation: Operation | undefined): readonly AnswerMutation[] {
  const documented = (operation?.statuses ?? []).map(Number).filter((code) => !Number.isNaN(code));
  const others = new Set([...documented, 200, 404, 500]);
  others.delete(status);
  others.delete(limited);
  return [...others].map((code) => ({ kind: 'status', pattern: String(code), change: { status: code } }));
}

/** Headers the specification speaks of. */
const specifiedHeaders = [
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'content-disposition',
  'content-security-policy',
  'content-type',
  'cross-origin-resource-policy',
  'location',
];

function headerMutations({ headers }: RecordedAnswer): readonly AnswerMutation[] {
  return specifiedHeaders
    .filter((name) => headers[name] !== undefined)
    .map((name) => ({ kind: 'droppedHeader', pattern: name, change: { withoutHeader: name } }));
}
