import type { LoadDefect } from '../scenarios/scenario.ts';
import type { Operation } from './tampered-operation.ts';

/** What a defective homeserver does differently. */
export interface Tampering {
  delayMs(operation: Operation): number;
  /** True: the request is answered with an error and never reaches the homeserver. */
  refuses(operation: Operation): boolean;
  /** Path as the homeserver gets it. */
  path(operation: Operation, path: string): string;
  /** Events of one room as one device gets them. */
  events(device: string, roomId: string, events: readonly TimelineEvent[]): readonly TimelineEvent[];
  /** To-device messages of one answer. */
  keys(messages: readonly object[]): readonly object[];
  /** Any other answer that was successful; undefined leaves it as it is. */
  answer?(operation: Operation, body: Record<string, unknown>): Record<string, unknown> | undefined;
}

export interface TimelineEvent {
  readonly type?: string;
  readonly sender?: string;
}

const harmless: Tampering = {
  delayMs: () => 0,
  refuses: () => false,
  path: (_operation, path) => path,
  events: (_device, _roomId, events) => events,
  keys: (messages) => messages,
};

type Kind = LoadDefect['kind'];
type DefectOf<K extends Kind> = Extract<LoadDefect, { readonly kind: K }>;

const tamperings: { readonly [K in Kind]: (defect: DefectOf<K>) => Partial<Tampering> } = {
  loseEvents: ({ everyNth }) => {
    const isNth = countingTo(everyNth);
    return { events: (_d, _r, events) => events.filter((event) => !(isMessage(event) && isNth())) };
  },
  duplicateEvents: ({ everyNth }) => {
    const isNth = countingTo(everyNth);
    const doubled = (event: TimelineEvent) => (isMessage(event) && isNth() ? [event, event] : [event]);
    return { events: (_d, _r, events) => events.flatMap(doubled) };
  },
  swapEvents: () => ({ events: createSwapping() }),
  delay: ({ operation, delayMs }) => ({ delayMs: (asked) => (asked === operation ? delayMs : 0) }),
  refuseSends: ({ everyNth }) => refusing('send', everyNth),
  refuse: ({ operation, everyNth }) => refusing(operation, everyNth),
  answerEarly: () => ({
    path: (operation, path) => (operation === 'sync' ? path.replace(/([?&]timeout=)\d+/, '$10') : path),
    delayMs: (operation) => (operation === 'sync' ? earlyAfterMs : 0),
  }),
  loseKeys: ({ everyNth }) => {
    const isNth = countingTo(everyNth);
    return { keys: (messages) => messages.filter(() => !isNth()) };
  },
  duplicateKeys: ({ everyNth }) => {
    const isNth = countingTo(everyNth);
    return { keys: (messages) => messages.flatMap((message) => (isNth() ? [message, message] : [message])) };
  },
  loseBackup: ({ everyNth }) => ({ answer: createForgetting(everyNth) }),
  omitField: ({ operation, field }) => ({
    answer: (asked, body) => (asked === operation ? { ...body, [field]: undefined } : undefined),
  }),
};

/** Early, but not so often that the bench itself gives way. */
const earlyAfterMs = 300;

export function createTampering<K extends Kind>(defect: DefectOf<K> & { readonly kind: K }): Tampering {
  return { ...harmless, ...tamperings[defect.kind](defect) };
}

const isMessage = ({ type }: TimelineEvent) => type === 'm.room.encrypted';

function refusing(operation: Operation, everyNth: number): Partial<Tampering> {
  const isNth = countingTo(everyNth);
  return { refuses: (asked) => asked === operation && isNth() };
}

function countingTo(everyNth: number): () => boolean {
  let count = 0;
  return () => ++count % everyNth === 0;
}

/** Keeps each first message of a person back until that person's next one, and delivers them the wrong way round. */
function createSwapping(): Tampering['events'] {
  const held = new Map<string, TimelineEvent>();
  return (device, roomId, events) =>
    events.flatMap((event) => {
      if (!isMessage(event)) return [event];
      const key = `${device}|${roomId}|${event.sender}`;
      const earlier = held.get(key);
      if (earlier === undefined) held.set(key, event);
      else held.delete(key);
      return earlier === undefined ? [] : [event, earlier];
    });
}

interface Backup {
  readonly rooms?: Readonly<Record<string, { readonly sessions?: Readonly<Record<string, unknown>> }>>;
}

function createForgetting(everyNth: number): NonNullable<Tampering['answer']> {
  const isNth = countingTo(everyNth);
  return (operation, body) => {
    if (operation !== 'restoreKeys') return undefined;
    const { rooms = {} }: Backup = body;
    const left = Object.entries(rooms).map(([roomId, { sessions = {} }]) => {
      const kept = Object.entries(sessions).filter(() => !isNth());
      return [roomId, { sessions: Object.fromEntries(kept) }];
    });
    return { ...body, rooms: Object.fromEntries(left) };
  };
}
