import type { HttpAnswer } from '../../core/http/http.ts';
import type { RecordedAnswer } from './recording.ts';
import type { Answering } from './replay.ts';

const decoder = new TextDecoder();

export const answerFrom = ({ status, headers, bytes }: Omit<RecordedAnswer, 'request'>): HttpAnswer => {
  const text = decoder.decode(bytes);
  return { status, headers, bytes, text: () => text };
};

/** Everything as it was recorded; each answer is decoded once. */
export function asRecorded(): Answering {
  const answers = new Map<number, HttpAnswer>();
  return ({ entry, index }) => {
    const answer = answers.get(index) ?? answerFrom(entry.given);
    answers.set(index, answer);
    return answer;
  };
}
