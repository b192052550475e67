import type { Finding } from '../../core/model/finding.ts';
import { isJsonObject } from '../../schemas/json.ts';
import { type Operation, type Validation, validateResponse } from '../../schemas/matrix/operations.ts';
import type { RuledExchange } from '../../schemas/matrix/overlay.ts';
import { type OverlayProblem, overlayNameOf, overlayProblems } from '../../schemas/matrix/overlays.ts';
import { pathParameters } from '../../schemas/matrix/path-parameters.ts';
import { speaksForApi } from '../../schemas/matrix/response-schema.ts';
import type { SpecVersion } from '../../schemas/matrix/spec-version.ts';
import { standardErrorSchema } from '../../schemas/matrix/standard-error.ts';
import { validatorOf } from '../../schemas/matrix/validate.ts';
import { type Answer, findingAt, whereOf } from './answer.ts';
import type { RequestOptions } from './transport.ts';

/** What was asked, as far as answers repeat it. */
export type Asked = Pick<RequestOptions, 'query' | 'body' | 'session' | 'headers'>;

/** An answer that may be judged, with everything known about its place in the specification. */
export interface Judged {
  readonly answer: Answer;
  readonly asked: Asked;
  /** Undefined for paths outside of the specification. */
  readonly operation: Operation | undefined;
  /** The newest the server advertises; undefined holds it to the newest there is. */
  readonly version: SpecVersion | undefined;
}

/** Paths outside the specification still answer errors in its form. */
export function validationOf({ answer, operation, version }: Judged): Validation {
  const { path, status, json } = answer;
  if (operation !== undefined) return validateResponse(operation, status, json, version);
  if (!path.startsWith('/_matrix/') || status < 400 || !speaksForApi(status, json)) return { state: 'noSchema' };
  const problems = validatorOf(standardErrorSchema)(json);
  return problems.length === 0 ? { state: 'valid' } : { state: 'invalid', problems };
}

/** What the specification's schema, and its text beyond the schema, say against the answer. */
export function bodyFindings(judged: Judged, validation: Validation): readonly Finding[] {
  if (validation.state === 'noSchema') return [];
  const { answer, operation, version } = judged;
  const bySchema = validation.state === 'invalid' ? validation.problems : [];
  const byText = overlayProblems(overlayNameOf(operation), answer.status, exchangeOf(judged), version);
  const of = (kind: OverlayProblem['kind']) => byText.filter((problem) => problem.kind === kind);
  return [
    ...violation(answer, schemaViolation, [...bySchema.map((text) => ({ text })), ...of('schema')]),
    ...violation(answer, echoViolation, of('echo')),
    ...violation(answer, consistencyViolation, of('consistency')),
  ];
}

const schemaViolation = {
  code: 'schema-violation',
  title: 'Die Antwort entspricht nicht dem Schema der Spezifikation',
  expected: 'Antwort nach dem Schema der Matrix-Spezifikation',
};

const echoViolation = {
  code: 'echo-violation',
  title: 'Die Antwort passt nicht zu dem, wonach gefragt wurde',
  expected: 'Antwort mit den Angaben der Anfrage und der Sitzung',
};

const consistencyViolation = {
  code: 'consistency-violation',
  title: 'Die Antwort widerspricht sich selbst',
  expected: 'Antwort, deren Teile zueinander passen',
};

export interface Violation {
  readonly code: string;
  readonly title: string;
  readonly expected: string;
}

const mostProblems = 5;

/** One finding for all problems of a kind; `what` names a part of the answer, such as a type of event. */
export function violation(
  answer: Answer,
  { code, title, expected }: Violation,
  problems: readonly { readonly text: string; readonly clause?: string }[],
  what = '',
): readonly Finding[] {
  const texts = [...new Set(problems.map(({ text }) => text))];
  if (texts.length === 0) return [];
  const clauses = new Set(problems.slice(0, mostProblems).flatMap(({ clause }) => clause ?? []));
  const place = `${whereOf(answer)} → ${answer.status}${what === '' ? '' : `: ${what}`}`;
  const more = texts.length > mostProblems ? ` (und ${texts.length - mostProblems} weitere)` : '';
  const basis = clauses.size === 0 ? '' : `, siehe ${[...clauses].join(', ')}`;
  return [
    {
      ...findingAt(answer, {
        code,
        title,
        expected: `${expected} für ${place}${basis}`,
        observed: `${texts.slice(0, mostProblems).join('; ')}${more}`,
      }),
      where: place,
    },
  ];
}

function exchangeOf({ answer, asked, operation }: Judged): RuledExchange {
  const { query = {}, body } = asked;
  return {
    answer: answer.json,
    path: operation === undefined ? {} : pathParameters(operation.path, answer.path),
    query,
    ...(isJsonObject(body) && { request: body }),
    session: { hasToken: hasToken(asked), ...askerOf(asked) },
    ...(operation !== undefined && { operation }),
  };
}

const hasToken = ({ session, headers = {}, query = {} }: Asked): boolean =>
  session !== undefined || headers['authorization'] !== undefined || query['access_token'] !== undefined;

interface Asker {
  readonly userId: string;
  readonly deviceId?: string;
}

/** Who asked, where it is known: an application service may stand for another user, whom it names. */
export function askerOf({ session, query }: Asked): Asker | undefined {
  const { userId, deviceId } = session ?? {};
  if (userId === undefined || query?.['user_id'] !== undefined) return undefined;
  return { userId, ...(deviceId !== undefined && { deviceId }) };
}
