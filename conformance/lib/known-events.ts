import type { Finding } from '../../core/model/finding.ts';
import type { JsonObject } from '../../schemas/json.ts';
import { eventsIn } from '../../schemas/matrix/events-in.ts';
import { pathParameters } from '../../schemas/matrix/path-parameters.ts';
import type { Answer } from './answer.ts';
import { askerOf, type Judged, violation } from './answer-findings.ts';
import { stringAt } from './json.ts';

/** What an event is stays the same in every answer: who sent what, where and when. */
export interface KnownEvents {
  /** What contradicts earlier answers; remembers the rest. */
  note(judged: Judged): readonly Finding[];
}

type Identity = Readonly<Record<string, unknown>>;

const lasting = ['type', 'sender', 'room_id', 'state_key', 'origin_server_ts'] as const;

const contradiction = {
  code: 'event-violation',
  title: 'Ein Ereignis in der Antwort entspricht nicht der Spezifikation',
  expected: 'Ereignis wie in früheren Antworten',
};

// The id of an event is unique for all time.
const clause = 'https://spec.matrix.org/v1.19/client-server-api/#room-event-format';

export function createKnownEvents(): KnownEvents {
  const known = new Map<string, Identity>();
  const compare = (eventId: string, seen: Identity): readonly string[] => {
    const before = known.get(eventId) ?? {};
    known.set(eventId, { ...seen, ...before });
    return lasting.filter((key) => key in before && key in seen && before[key] !== seen[key]);
  };
  return {
    note: (judged) => {
      const { answer, operation } = judged;
      if (operation === undefined || answer.status >= 300) return [];
      const sent = sentEvent(judged);
      if (sent !== undefined) known.set(sent.eventId, { ...sent.identity, ...known.get(sent.eventId) });
      const { roomId } = pathParameters(operation.path, answer.path);
      return eventsIn(answer.json, roomId).flatMap(({ event, roomId: place }) => {
        const eventId = event['event_id'];
        if (typeof eventId !== 'string') return [];
        return contradictions(answer, event, compare(eventId, identityOf(event, place)));
      });
    },
  };
}

function contradictions(answer: Answer, event: JsonObject, keys: readonly string[]): readonly Finding[] {
  const problems = keys.map((key) => ({
    text: `/${key}: erwartet derselbe Wert wie in einer früheren Antwort`,
    clause,
  }));
  return violation(answer, contradiction, problems, String(event['type']));
}

function identityOf(event: JsonObject, roomId: string | undefined): Identity {
  const own = Object.fromEntries(lasting.flatMap((key) => (key in event ? [[key, event[key]]] : [])));
  return { ...(roomId !== undefined && { room_id: roomId }), ...own };
}

/** The event whose id the answer gives to whoever sent it. */
function sentEvent({ answer, asked, operation }: Judged): { eventId: string; identity: Identity } | undefined {
  const eventId = stringAt(answer.json, ['event_id']);
  if (operation === undefined || answer.method !== 'PUT' || eventId === undefined) return undefined;
  const { roomId, eventType, stateKey } = pathParameters(operation.path, answer.path);
  const { userId } = askerOf(asked) ?? {};
  return {
    eventId,
    identity: {
      ...(roomId !== undefined && { room_id: roomId }),
      ...(eventType !== undefined && { type: eventType }),
      ...(stateKey !== undefined && { state_key: stateKey }),
      ...(userId !== undefined && { sender: userId }),
    },
  };
}
