import type { Asked } from '../http/ask.ts';
import { accountOf } from '../ledger.ts';
import { writeMark } from '../mark.ts';
import { type FakeAnswer, type fakeUser, runTag } from '../user.fixture.ts';

export const message = (sequence: number, sentMs = 0) => ({
  type: 'm.room.encrypted',
  event_id: `$${sequence}`,
  sender: '@bob:hs1',
  content: { ciphertext: writeMark({ runTag, sequence, intendedMs: sentMs, sentMs }) },
});
export const bodyOf = ({ body }: Asked) => JSON.parse(body ?? '{}');
export const seenBy = (user: ReturnType<typeof fakeUser>['user']) => user.ledgers.map(accountOf);

/** Answers in turn; the last again and again. */
export const inTurn =
  (...answers: readonly FakeAnswer[]) =>
  (_request: Asked, count: number): FakeAnswer =>
    answers[Math.min(count, answers.length) - 1] ?? {};

export const v2 = (next_batch: string, timeline?: object): FakeAnswer => ({
  json: { next_batch, ...(timeline && { rooms: { join: { '!team:hs1': { timeline } } } }) },
});
export const sliding = (pos: string, room?: object, count = 1): FakeAnswer => ({
  json: {
    pos,
    lists: { all_rooms: { count } },
    rooms: room ? { '!team:hs1': room } : {},
    extensions: {},
  },
});
