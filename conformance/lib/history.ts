import type { Session } from '../../core/model/bench.ts';
import type { Finding } from '../../core/model/finding.ts';
import { type Alteration, answering } from './defect.ts';
import { leakingSentInto } from './event-defects.ts';
import { essenceOf } from './event-essence.ts';
import { stringAt } from './json.ts';
import { expectEqual, expectError, expectStatus } from './match.ts';
import { membershipSteps } from './membership.ts';
import { settlingMs } from './poll.ts';
import { premise } from './premise.ts';
import {
  chunkOf,
  eventTemplate,
  idsAmong,
  messagesTemplate,
  numbersOf,
  readEvent,
  readMessages,
} from './room-events.ts';
import { hasEvent } from './sync.ts';
import type { Tools } from './tools.ts';

export type HistoryVisibility = 'joined' | 'invited' | 'shared' | 'world_readable';

export interface HistoryScene {
  readonly roomId: string;
  readonly host: Session;
  readonly guest: Session;
  /** Sent before the invitation, between invitation and joining, after joining. */
  readonly eventIds: readonly string[];
}

export const historyState = (visibility: HistoryVisibility) => ({
  type: 'm.room.history_visibility',
  state_key: '',
  content: { history_visibility: visibility },
});

/** A guest enters a room in which the history is visible in that way. */
export async function historyScene(tools: Tools, visibility: HistoryVisibility): Promise<HistoryScene> {
  const host = await tools.user('alice');
  const guest = await tools.user('bob');
  const roomId = await tools.room(host, { preset: 'private_chat', initial_state: [historyState(visibility)] });
  const { invite, join } = membershipSteps(tools.request);
  const before = await tools.sendProbe(host, roomId);
  premise(await invite(host, roomId, guest));
  const invited = await tools.sendProbe(host, roomId);
  premise(await join(guest, roomId));
  const joined = await tools.sendProbe(host, roomId);
  return { roomId, host, guest, eventIds: [before, invited, joined] };
}

export interface HistoryExpectation {
  /** Numbers of the events the reader may see, from 1. */
  readonly visible: readonly number[];
  readonly code: string;
  readonly title: string;
}

/** Reads the history in pages and event by event, as that person sees it. */
export async function historyFindings(
  { request, poll }: Tools,
  { roomId, guest, eventIds }: Pick<HistoryScene, 'roomId' | 'guest' | 'eventIds'>,
  { visible, code, title }: HistoryExpectation,
): Promise<readonly Finding[]> {
  const last = eventIds[Math.max(...visible) - 1] ?? '';
  const messages = await poll({
    ask: async () => premise(await readMessages(request, guest, roomId, { dir: 'b', limit: '50' })),
    until: (answer) => hasEvent(chunkOf(answer), last),
    deadlineMs: settlingMs,
  });
  const chunk = chunkOf(messages);
  const listed = numbersOf(idsAmong(chunk, eventIds), eventIds);
  // The newest comes first.
  const findings = [...expectEqual(messages, { wanted: visible.toReversed(), got: listed }, { code, title })];
  const singly = { code: `${code}-singly`, title };
  for (const [index, eventId] of eventIds.entries()) {
    const single = await readEvent(request, guest, roomId, eventId);
    const inChunk = chunk.find((event) => stringAt(event, ['event_id']) === eventId);
    findings.push(
      ...(visible.includes(index + 1)
        ? [
            ...expectStatus(single, 200, singly),
            ...expectEqual(single, { wanted: essenceOf(inChunk), got: essenceOf(single.json) }, singly),
          ]
        : expectError(single, { status: 404, errcode: 'M_NOT_FOUND' }, singly)),
    );
  }
  return findings;
}

/** What each of these checks must notice: too much, too little, and the same for single events. */
export const historyCounterexamples = (code: string) =>
  [
    {
      title: 'Der Verlauf ist leer',
      defect: { when: { path: messagesTemplate }, alter: emptyChunk },
      expectFinding: code,
    },
    {
      title: 'Jedes Ereignis wird einzeln anders behandelt als im Verlauf',
      defect: { when: { path: eventTemplate }, alter: turned },
      expectFinding: `${code}-singly`,
    },
  ] as const;

export const leakingHistory = leakingSentInto(['chunk'], /\/messages$/);

const emptyChunk: Alteration = (answer) => ({ ...answer, json: { start: 'altered', chunk: [] } });

const turned: Alteration = (answer, seen) =>
  answer.status === 200
    ? answering(404, { errcode: 'M_NOT_FOUND', error: 'altered' })(answer, seen)
    : answering(200, {})(answer, seen);
