import { isDeepStrictEqual } from 'node:util';
import { parsedJson } from '../../core/parsed-json.ts';
import { oncePer } from '../../schemas/once.ts';
import type { RecordedAnswer } from '../replay/recording.ts';

interface Answered {
  readonly given: RecordedAnswer;
  /** Method and path template. */
  readonly question: string;
}

const decoder = new TextDecoder();

/** For each answer what another session was told when it asked the same of its own; undefined when nobody else did, or heard the same. */
export function foreignAnswersIn(answered: readonly Answered[]): (exchange: number) => unknown {
  const jsonOf = oncePer((given: RecordedAnswer) => parsedJson(decoder.decode(given.bytes)));
  const byQuestion = Map.groupBy(answered.filter(hasSession), ({ question }) => question);
  return (exchange) => {
    const own = answered[exchange];
    if (own === undefined || !hasSession(own)) return undefined;
    const truth = jsonOf(own.given);
    const other = byQuestion
      .get(own.question)
      ?.find(({ given }) => isOfAnother(own.given, given) && !isDeepStrictEqual(jsonOf(given), truth));
    return other && jsonOf(other.given);
  };
}

const hasSession = ({ given: { status, request } }: Answered): boolean =>
  status < 300 && request.authorization?.startsWith('Bearer ') === true;

const isOfAnother = (own: RecordedAnswer, other: RecordedAnswer): boolean =>
  own.request.authorization !== other.request.authorization && own.status === other.status && other.bytes.length > 0;
