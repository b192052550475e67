import type { HttpAnswer, HttpRequest, HttpSend } from '../../core/http/http.ts';
import { parsedJson } from '../../core/parsed-json.ts';
import { alterJson, isJsonObject, type JsonObject, withText } from './alteration.ts';

/** Something on the way to the homeserver that lasts from `begin` to `end`. */
export interface Disturbance {
  readonly between: (send: HttpSend) => HttpSend;
  begin(): void;
  end(): void;
  /** Answers it kept from the device. */
  readonly count: () => number;
}

/** The first answers of /sync that bring messages from device to device are lost after the homeserver gave them. */
export function losingDeliveries(times: number): Disturbance {
  const state = createState();
  return {
    ...state,
    between: onSyncAnswers((answer) => {
      if (!state.isOn() || state.count() === times || deliveriesOf(answer).length === 0) return answer;
      state.hit();
      const lost = withText(answer, '<html>Bad Gateway</html>');
      return { ...lost, status: 502, headers: { 'content-type': 'text/html' } };
    }),
  };
}

/** Messages from device to device stay on the way; they come with the first answer of /sync after it has ended. */
export function delayingDeliveries(): Disturbance {
  const state = createState();
  const held: unknown[] = [];
  return {
    ...state,
    between: onSyncAnswers((answer) => {
      const deliveries = deliveriesOf(answer);
      if (!state.isOn()) return held.length === 0 ? answer : withDeliveries(answer, [...held.splice(0), ...deliveries]);
      if (deliveries.length > 0) state.hit();
      held.push(...deliveries);
      return withDeliveries(answer, []);
    }),
  };
}

/** The homeserver refuses every request of one kind. */
export function refusing(path: string, refusal: { readonly status: number; readonly body: object }): Disturbance {
  const state = createState();
  const text = JSON.stringify(refusal.body);
  const answer: HttpAnswer = {
    status: refusal.status,
    headers: { 'content-type': 'application/json' },
    bytes: new TextEncoder().encode(text),
    text: () => text,
  };
  return {
    ...state,
    between: (send) => async (request) => {
      if (!state.isOn() || !new URL(request.url).pathname.includes(path)) return send(request);
      state.hit();
      return answer;
    },
  };
}

function createState() {
  let isOn = false;
  let hits = 0;
  return {
    isOn: () => isOn,
    begin: () => {
      isOn = true;
    },
    end: () => {
      isOn = false;
    },
    hit: () => {
      hits += 1;
    },
    count: () => hits,
  };
}

const onSyncAnswers =
  (change: (answer: HttpAnswer) => HttpAnswer) =>
  (send: HttpSend): HttpSend =>
  async (request: HttpRequest) => {
    const answer = await send(request);
    return new URL(request.url).pathname.endsWith('/sync') && answer.status === 200 ? change(answer) : answer;
  };

const deliveriesOf = (answer: HttpAnswer): readonly unknown[] => {
  const body = parsedJson(answer.text());
  const toDevice = isJsonObject(body) ? body['to_device'] : undefined;
  return isJsonObject(toDevice) && Array.isArray(toDevice['events']) ? toDevice['events'] : [];
};

const withDeliveries = (answer: HttpAnswer, events: readonly unknown[]): HttpAnswer =>
  alterJson(answer, (object: JsonObject) => ('next_batch' in object ? { ...object, to_device: { events } } : object));
