import type { HttpSend } from '../../../core/http/http.ts';
import { type Layer, layersOf, outerText } from './layers.ts';
import { operationOf } from './operation-of.ts';
import { deliveriesIn, type WireDelivery } from './wire-deliveries.ts';
import { type WireEvent, wireEventsFrom } from './wire-events.ts';
import { stepOfRequest, stepsOfAnswer, unanswered, type WireStep } from './wire-steps.ts';
import { formsInLayers, formsOf, type WordFormName } from './word-forms.ts';

/** Where a watched word was seen. Holds no content. */
export interface Sighting {
  readonly device: string;
  readonly direction: 'request' | 'answer';
  readonly operation: string;
  readonly forms: readonly WordFormName[];
}

export interface Watch {
  readonly sightings: readonly Sighting[];
  /** Bodies searched since the watch began. */
  readonly bodies: number;
}

/** What devices and the homeserver told each other, in order. */
export interface WireStory {
  readonly steps: readonly WireStep[];
  /** Exchanges that told nothing. */
  readonly unshown: number;
}

/**
 * Sees every request and answer of the devices as they are, before redaction.
 * Bodies are searched at once and not kept; what stays are sightings and event types.
 */
export interface WireLog {
  /** From now on every address and body is searched for the word in all its forms. */
  watch(word: string): Watch;
  /** Room events that went over the wire, in order. */
  readonly events: readonly WireEvent[];
  /** What devices sent to devices, in order. */
  readonly deliveries: readonly WireDelivery[];
  readonly story: WireStory;
  /** The sender a device uses, with this log listening. */
  listen(device: string, send: HttpSend): HttpSend;
}

interface Passage {
  readonly device: string;
  readonly direction: Sighting['direction'];
  readonly operation: string;
  readonly layers: readonly Layer[];
}

type Searcher = (passage: Passage) => void;

export function createWireLog(): WireLog {
  const searchers: Searcher[] = [];
  const events: WireEvent[] = [];
  const deliveries: WireDelivery[] = [];
  const steps: WireStep[] = [];
  const story = { steps, unshown: 0 };
  // Opening what is compressed takes time that only a search is worth.
  const pass = (place: Omit<Passage, 'layers'>, layers: () => readonly Layer[]) => {
    if (searchers.length === 0) return;
    const passage = { ...place, layers: layers() };
    for (const search of searchers) search(passage);
  };
  return {
    events,
    deliveries,
    story,
    watch: (word) => {
      const { watch, search } = createWatch(word);
      searchers.push(search);
      return watch;
    },
    listen: (device, send) => async (request) => {
      const operation = operationOf(request.method, request.url);
      const sent = outerText(request.body);
      const address: Layer = { text: request.url, isCompressed: false };
      pass({ device, direction: 'request', operation }, () => [address, ...layersOf(request.body)]);
      events.push(...wireEventsFrom({ device, direction: 'request', url: request.url, body: sent }));
      deliveries.push(...deliveriesIn({ device, url: request.url, body: sent }));
      const asked = { device, method: request.method, url: request.url, body: sent };
      const begun = stepOfRequest(asked);
      if (begun !== undefined) steps.push(begun);
      const answer = await send(request).catch((thrown: unknown) => {
        if (begun !== undefined) steps.push(unanswered(asked));
        throw thrown;
      });
      const ended = stepsOfAnswer(asked, { status: answer.status, body: answer.text() });
      steps.push(...ended);
      if (begun === undefined && ended.length === 0) story.unshown += 1;
      pass({ device, direction: 'answer', operation }, () => layersOf(answer.bytes));
      events.push(...wireEventsFrom({ device, direction: 'answer', url: request.url, body: answer.text() }));
      return answer;
    },
  };
}

function createWatch(word: string) {
  const forms = formsOf(word);
  const sightings: Sighting[] = [];
  const watch = { sightings, bodies: 0 };
  const search: Searcher = ({ device, direction, operation, layers }) => {
    watch.bodies += 1;
    const found = formsInLayers(layers, forms);
    if (found.length > 0) sightings.push({ device, direction, operation, forms: found });
  };
  return { watch, search };
}
