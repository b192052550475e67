import { isJsonObject, type JsonObject } from '../json.ts';
import { oncePer } from '../once.ts';
import { definitionName, referenceTo } from './bundle.ts';
import { type EventKind, kindOfEvent } from './event-kind.ts';

/** The schema an event must satisfy: always the same object for the same schema. */
export type ChooseEventSchema = (event: unknown) => object;

const core = 'event.core-event-schema.';
type Envelope = 'event' | 'room_event' | 'state_event' | 'stripped_state';

export function createEventSchemas(definitions: ReadonlyMap<string, unknown>): ChooseEventSchema {
  const envelopeAlone = oncePer((envelope: Envelope) => referenceTo(`${core}${envelope}`));
  const ofType = oncePer((name: string) => {
    const { envelope: own, body } = partsOf(definitions.get(name));
    const within = oncePer((envelope: Envelope | 'own') => ({
      allOf: [referenceTo(`${core}${envelope === 'own' ? own : envelope}`), body],
    }));
    return { isState: own === 'state_event', within };
  });

  return (event) => {
    if (!isJsonObject(event)) return envelopeAlone('event');
    const kind = kindOfEvent(event);
    const name = nameOf(event, definitions);
    const typed = name === undefined ? undefined : ofType(name);
    const envelope = envelopeOf(kind, 'state_key' in event || typed?.isState === true);
    if (typed !== undefined && !mayBeEmptied(event, kind)) return typed.within(envelope);
    return envelopeAlone(envelope === 'own' ? 'event' : envelope);
  };
}

function envelopeOf(kind: EventKind, isState: boolean): Envelope | 'own' {
  switch (kind) {
    case 'client':
      return isState ? 'state_event' : 'room_event';
    case 'stripped':
      return 'stripped_state';
    case 'pdu':
      return 'event';
    case 'plain':
      return 'own';
  }
}

/** Undefined for types the specification, or that version of it, does not know. */
function nameOf({ type, content }: JsonObject, definitions: ReadonlyMap<string, unknown>): string | undefined {
  const discriminator = type === 'm.room.message' ? 'msgtype' : 'method';
  const subType = isJsonObject(content) ? content[discriminator] : undefined;
  return [`event.${type}$${subType}`, `event.${type}`].find((name) => isJsonObject(definitions.get(name)));
}

/** The schema of a type inherits the envelope in which clients get such events; in others its body is the same. */
function partsOf(definition: unknown): { readonly envelope: Envelope; readonly body: object } {
  if (!isJsonObject(definition)) return { envelope: 'event', body: {} };
  const { allOf, ...own } = definition;
  const parts = Array.isArray(allOf) ? allOf : [];
  const envelope = parts.map(envelopeReferred).find((name) => name !== undefined) ?? 'event';
  const others = parts.filter((part) => envelopeReferred(part) === undefined);
  return { envelope, body: others.length === 0 ? own : { ...own, allOf: others } };
}

function envelopeReferred(part: unknown): Envelope | undefined {
  if (!isJsonObject(part) || typeof part['$ref'] !== 'string') return undefined;
  const name = definitionName(part['$ref']);
  return name.startsWith(core) ? (name.slice(core.length) as Envelope) : undefined;
}

// Without these the server's own rules of a room have nothing to go by: no client can take them back.
const neverEmpty: ReadonlySet<unknown> = new Set(['m.room.create', 'm.room.member']);

/** Redaction takes away what the schema of the type requires, and only clients are told of it; setting an empty content is how a client takes state back. */
function mayBeEmptied({ type, content, unsigned, state_key }: JsonObject, kind: EventKind): boolean {
  if (isJsonObject(unsigned) && isJsonObject(unsigned['redacted_because'])) return true;
  const isEmpty = isJsonObject(content) && Object.keys(content).length === 0;
  if (!isEmpty || neverEmpty.has(type)) return false;
  return kind === 'stripped' || kind === 'pdu' || (kind === 'client' && state_key !== undefined);
}
