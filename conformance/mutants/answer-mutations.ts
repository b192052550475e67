import type { Operation } from '../../schemas/matrix/operations.ts';
import { stringAt } from '../lib/json.ts';
import type { RecordedAnswer } from '../replay/recording.ts';
import { badBodies, type Change, type MutationKind } from './mutant.ts';

export interface AnswerMutation {
  readonly kind: MutationKind;
  readonly pattern: string;
  readonly change: Change;
}

/** Lies about an answer as a whole. */
export function answerMutations(
  answer: RecordedAnswer,
  json: unknown,
  operation: Operation | undefined,
): readonly AnswerMutation[] {
  return [
    ...statusMutations(answer, operation),
    ...errcodeMutations(json),
    ...headerMutations(answer, operation),
    ...(json === undefined ? [] : bodyMutations),
  ];
}

/** The code that says nothing, and codes on which clients act: they log out, or give up what they look for. */
const otherCodes = ['M_UNKNOWN', 'M_UNKNOWN_TOKEN', 'M_NOT_FOUND'];

function errcodeMutations(json: unknown): readonly AnswerMutation[] {
  const errcode = stringAt(json, ['errcode']);
  if (errcode === undefined) return [];
  return otherCodes
    .filter((code) => code !== errcode)
    .map((code) => ({ kind: 'errcode', pattern: code, change: { edits: [{ at: ['errcode'], to: code }] } }));
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

/** Headers the specification speaks of, whatever was asked. */
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

function headerMutations(
  { headers, status }: RecordedAnswer,
  operation: Operation | undefined,
): readonly AnswerMutation[] {
  const ofLimit = status === limited ? ['retry-after'] : [];
  const ofCaches = operation?.id === 'getVersions' ? ['cache-control', 'vary'] : [];
  return [...specifiedHeaders, ...ofLimit, ...ofCaches]
    .filter((name) => headers[name] !== undefined)
    .map((name) => ({ kind: 'droppedHeader', pattern: name, change: { withoutHeader: name } }));
}

const bodyMutations: readonly AnswerMutation[] = badBodies.map((body) => ({
  kind: 'badBody',
  pattern: body,
  change: { body },
}));
