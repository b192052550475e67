import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt, stringAt } from './json.ts';
import type { Request } from './transport.ts';

export const rulesPath = '/_matrix/client/v3/pushrules/';
export const globalRulesPath = '/_matrix/client/v3/pushrules/global/';
export const ruleTemplate = '/_matrix/client/v3/pushrules/global/{kind}/{ruleId}';

export type RuleKind = 'override' | 'underride' | 'sender' | 'room' | 'content';

/** Which rule; `query` may say where it stands among those of its kind. */
export interface RuleName {
  readonly kind: string;
  readonly ruleId: string;
  readonly query?: Readonly<Record<string, string>>;
}

export function readRules(request: Request, session: Session): Promise<Answer> {
  return request('GET', globalRulesPath, { session });
}

export function readRule(request: Request, session: Session, { kind, ruleId }: RuleName): Promise<Answer> {
  return request('GET', ruleTemplate, { params: { kind, ruleId }, session });
}

export function putRule(
  request: Request,
  session: Session,
  { kind, ruleId, query }: RuleName,
  body: unknown,
): Promise<Answer> {
  return request('PUT', ruleTemplate, { params: { kind, ruleId }, session, body, ...(query && { query }) });
}

export function removeRule(request: Request, session: Session, { kind, ruleId }: RuleName): Promise<Answer> {
  return request('DELETE', ruleTemplate, { params: { kind, ruleId }, session });
}

/** What a rule of its own kind does: notify quietly about a type of event. */
export const quietRule = (type: string) => ({
  conditions: [{ kind: 'event_match', key: 'type', pattern: type }],
  actions: ['notify'],
});

/** Ids of the rules of a kind, most important first. */
export const ruleIdsOf = (ruleset: unknown, kind: RuleKind): readonly (string | undefined)[] =>
  arrayAt(ruleset, [kind]).map((rule) => stringAt(rule, ['rule_id']));
