import type { LoadDefect } from '../scenarios/scenario.ts';

export type Operation = 'sync' | 'send' | 'other';

/** What a defective homeserver does differently. */
export interface Tampering {
  delayMs(operation: Operation): number;
  /** True: the request is answered with an error and never reaches the homeserver. */
  refuses(operation: Operation): boolean;
  /** Events of one room as one device gets them. */
  events(device: string, roomId: string, events: readonly TimelineEvent[]): readonly TimelineEvent[];
}

export interface TimelineEvent {
  readonly type?: string;
  readonly sender?: string;
}

export function operationOf(method: string, path: string): Operation {
  if (method === 'GET' && path.startsWith('/_matrix/client/v3/sync')) return 'sync';
  return method === 'PUT' && path.includes('/send/m.room.encrypted/') ? 'send' : 'other';
}

const harmless: Tampering = { delayMs: () => 0, refuses: () => false, events: (_device, _roomId, events) => events };

export function createTampering(defect: LoadDefect): Tampering {
  switch (defect.kind) {
    case 'loseEvents': {
      const isNth = countingTo(defect.everyNth);
      return { ...harmless, events: (_d, _r, events) => events.filter((event) => !(isMessage(event) && isNth())) };
    }
    case 'duplicateEvents': {
      const isNth = countingTo(defect.everyNth);
      const doubled = (event: TimelineEvent) => (isMessage(event) && isNth() ? [event, event] : [event]);
      return { ...harmless, events: (_d, _r, events) => events.flatMap(doubled) };
    }
    case 'swapEvents':
      return { ...harmless, events: createSwapping() };
    case 'delay':
      return { ...harmless, delayMs: (operation) => (operation === defect.operation ? defect.delayMs : 0) };
    case 'refuseSends': {
      const isNth = countingTo(defect.everyNth);
      return { ...harmless, refuses: (operation) => operation === 'send' && isNth() };
    }
  }
}

const isMessage = ({ type }: TimelineEvent) => type === 'm.room.encrypted';

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
