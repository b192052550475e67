import type { HttpAnswer, HttpRequest, HttpSend } from '../../../core/http/http.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { isJsonObject, type JsonObject, withText } from '../../lib/alteration.ts';

/** Encrypted messages to one device, told apart by their ciphertext: as they left and as they came in. */
export interface Queue {
  /** Between the sender and the homeserver. */
  readonly outgoing: (send: HttpSend) => HttpSend;
  /** Between the homeserver and the recipient: once told to, gives everything that waits there in one answer. */
  readonly incoming: (send: HttpSend) => HttpSend;
  /** The next answer of /sync holds all that waits. */
  gather(): void;
  readonly sent: readonly string[];
  /** Without what came in before it was gathered. */
  readonly arrived: readonly string[];
  /** How many came in one answer at most. */
  readonly most: () => number;
}

export function watchQueueTo(deviceId: () => string | undefined): Queue {
  const sent: string[] = [];
  const arrived: string[] = [];
  let [isGathering, most] = [false, 0];
  return {
    outgoing: (send) => async (request) => {
      sent.push(...ciphertextsTo(deviceId(), request));
      return send(request);
    },
    incoming: (send) => async (request) => {
      const first = await send(request);
      if (!isSync(request) || !isGathering) return first;
      const { answer, events } = await withAllWaiting(send, request, first);
      const received = events.flatMap(({ content }) => ciphertextsIn(content));
      arrived.push(...received);
      most = Math.max(most, received.length);
      return answer;
    },
    gather: () => {
      isGathering = true;
    },
    sent,
    arrived,
    most: () => most,
  };
}

const isSync = ({ url }: HttpRequest) => new URL(url).pathname.endsWith('/sync');

/**
 * The answer with the to-device messages of those that follow it, and with the place where the last one ends. What the later
 * answers tell of rooms is left out: ask while nothing happens there.
 */
async function withAllWaiting(send: HttpSend, request: HttpRequest, first: HttpAnswer) {
  const events = [...eventsIn(first)];
  let [last, more] = [first, events.length > 0];
  while (more) {
    last = await send({ ...request, url: goingOn(request.url, last) });
    const next = eventsIn(last);
    events.push(...next);
    more = next.length > 0;
  }
  const body = { ...bodyOf(first), to_device: { events }, next_batch: bodyOf(last)['next_batch'] };
  return { answer: last === first ? first : withText(first, JSON.stringify(body)), events };
}

function goingOn(address: string, answer: HttpAnswer): string {
  const url = new URL(address);
  url.searchParams.set('since', String(bodyOf(answer)['next_batch']));
  url.searchParams.set('timeout', '0');
  return url.href;
}

function bodyOf(answer: HttpAnswer): JsonObject {
  const body = parsedJson(answer.text());
  return isJsonObject(body) ? body : {};
}

function eventsIn(answer: HttpAnswer): readonly JsonObject[] {
  const { to_device: toDevice } = bodyOf(answer);
  const events = isJsonObject(toDevice) ? toDevice['events'] : undefined;
  return Array.isArray(events) ? events.filter(isJsonObject) : [];
}

function ciphertextsTo(deviceId: string | undefined, { url, body }: HttpRequest): readonly string[] {
  if (deviceId === undefined || !url.includes('/sendToDevice/') || typeof body !== 'string') return [];
  const sent = parsedJson(body);
  const messages = isJsonObject(sent) && isJsonObject(sent['messages']) ? Object.values(sent['messages']) : [];
  return messages.flatMap((devices) => (isJsonObject(devices) ? ciphertextsIn(devices[deviceId]) : []));
}

/** Olm ciphertext stands under the identity key of the recipient. */
function ciphertextsIn(content: unknown): readonly string[] {
  const byKey = isJsonObject(content) && isJsonObject(content['ciphertext']) ? content['ciphertext'] : {};
  return Object.values(byKey).flatMap((one) => (isJsonObject(one) ? [String(one['body'])] : []));
}
