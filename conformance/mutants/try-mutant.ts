import type { HttpAnswer } from '../../core/http/http.ts';
import type { CheckOutcome, Outcome } from '../../core/model/outcome.ts';
import { parsedJson } from '../../core/parsed-json.ts';
import type { ConformanceCheck } from '../lib/conformance-check.ts';
import { answerFrom, asRecorded } from '../replay/answers.ts';
import type { RecordedAnswer } from '../replay/recording.ts';
import type { Answering, IndexedRecording } from '../replay/replay.ts';
import { replayCheck } from '../replay/replay-check.ts';
import type { PlayedEntry } from '../replay/tape-player.ts';
import { applyChange, type ReadAnswer, saysTheSame } from './apply-change.ts';
import { badBodyFor } from './bad-body.ts';
import type { Change, Mutant } from './mutant.ts';

/**
 * noticed: a finding that the untouched recording does not give; open: the check did not conclude; broken: it threw;
 * survived: it concluded as if nothing were wrong.
 */
export type Fate = 'noticed' | 'open' | 'broken' | 'survived';

export interface Tried {
  readonly fate: Fate;
  /** What was thrown. */
  readonly message?: string;
}

/** Replays one check over mutants of its recording. */
export function createTrial(check: ConformanceCheck, indexed: IndexedRecording): (mutant: Mutant) => Promise<Tried> {
  const untouched = asRecorded();
  const known = new Set(seenIn(indexed.recording.outcome));
  return async (mutant) => {
    try {
      const outcome = await replayCheck(check, indexed, lyingOnce(untouched, indexed, mutant));
      return { fate: fateOf(outcome, known) };
    } catch (thrown) {
      return {
        fate: 'broken',
        message: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
      };
    }
  };
}

function fateOf(outcome: CheckOutcome, known: ReadonlySet<string>): Fate {
  if (seenIn(outcome).some((seen) => !known.has(seen))) return 'noticed';
  return outcome.kind === 'passed' || outcome.kind === 'failed' ? 'survived' : 'open';
}

/** Told apart by what was observed too: a check that is red already must still say something else over a lie. */
const seenIn = (outcome: Outcome): readonly string[] =>
  outcome.kind === 'failed' ? outcome.findings.map(({ code, where, observed }) => `${code} ${where} ${observed}`) : [];

/** As recorded but for one answer; asked the same again, the target gives the same lie as long as it would have said the same. */
function lyingOnce(untouched: Answering, { recording }: IndexedRecording, { exchange, change }: Mutant): Answering {
  const lie = recording.exchanges[exchange];
  if (lie === undefined) throw new RangeError(`no answer ${exchange} on the tape of ${recording.check}`);
  const truth = readAnswer(lie.given);
  const mayRepeat = lie.given.request.method === 'GET';
  const altered = new Map<number, HttpAnswer>();
  const isLie = ({ entry, index }: PlayedEntry<RecordedAnswer>) =>
    index === exchange ||
    (mayRepeat && entry.key === lie.key && index > exchange && saysTheSame(truth, readAnswer(entry.given), change));
  return (played) => {
    if (!isLie(played)) return untouched(played);
    const { entry, index } = played;
    const answer = altered.get(index) ?? alteredAnswer(entry.given, change);
    altered.set(index, answer);
    return answer;
  };
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

const readAnswer = ({ status, headers, bytes }: RecordedAnswer): ReadAnswer => ({
  status,
  headers,
  json: parsedJson(decoder.decode(bytes)),
});

function alteredAnswer(given: RecordedAnswer, change: Change): HttpAnswer {
  if (!('body' in change)) return wireAnswerFrom(given, applyChange(readAnswer(given), change));
  return answerFrom({ ...given, bytes: badBodyFor(given.bytes, change.body) });
}

/** A body that is no JSON stays as it was, but never the very same bytes: those were judged with the true head. */
function wireAnswerFrom({ bytes }: RecordedAnswer, { status, headers, json }: ReadAnswer): HttpAnswer {
  const text = json === undefined ? decoder.decode(bytes) : JSON.stringify(json);
  return { status, headers, bytes: json === undefined ? bytes.slice() : encoder.encode(text), text: () => text };
}
