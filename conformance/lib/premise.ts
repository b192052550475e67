import { type Answer, requestLineOf, whereOf } from './answer.ts';
import { stringAt } from './json.ts';

/** Something the check builds on could not be had from the target: the question stays open. Never leaves the family. */
export class PremiseError extends Error {
  override readonly name = 'PremiseError';
}

/** Returns the answer when it has that status; else the check cannot be concluded. */
export function premise(answer: Answer, status = 200): Answer {
  if (answer.status === status) return answer;
  const errcode = stringAt(answer.json, ['errcode']) ?? 'ohne errcode';
  throw new PremiseError(`Vorbedingung nicht erreicht: ${requestLineOf(answer)} (${errcode}), erwartet war ${status}.`);
}

/** A string the answer must have for the check to go on. */
export function premiseString(answer: Answer, path: readonly (string | number)[], status = 200): string {
  const value = stringAt(premise(answer, status).json, path);
  if (value !== undefined) return value;
  throw new PremiseError(`Vorbedingung nicht erreicht: ${whereOf(answer)} nennt kein ${path.join('.')}.`);
}
