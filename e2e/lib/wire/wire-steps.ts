import { parsedJson } from '../../../core/parsed-json.ts';
import { answerTold } from './steps/answers.ts';
import { requestTold } from './steps/requests.ts';
import { requestName } from './steps/words.ts';

/** One thing a device told the homeserver or was told by it, in German: what kind and how many, never what it says. */
export interface WireStep {
  readonly device: string;
  readonly direction: 'request' | 'answer';
  /** Names people and devices by their ids. */
  readonly text: string;
  /** Left out first where the story is long. */
  readonly isDetail: boolean;
}

/** A step without its place. */
export type Told = Pick<WireStep, 'text' | 'isDetail'>;

export interface SentRequest {
  readonly device: string;
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

/** What the request says; undefined for what only fetches or polls. */
export function stepOfRequest({ device, method, url, body }: SentRequest): WireStep | undefined {
  const told = requestTold(method, pathOf(url), parsedJson(body));
  return told && { device, direction: 'request', ...told };
}

/** What the answer to it says; empty where it only confirms. */
export function stepsOfAnswer(
  { device, method, url }: SentRequest,
  { status, body }: { readonly status: number; readonly body: string },
): readonly WireStep[] {
  const told = answerTold({ method, path: pathOf(url), status, json: parsedJson(body) });
  return told.map((one) => ({ device, direction: 'answer', ...one }));
}

/** Nobody knows whether the homeserver took it. */
export function unanswered({ device, method, url }: SentRequest): WireStep {
  return { device, direction: 'answer', text: `Keine Antwort (${requestName(method, pathOf(url))})`, isDetail: false };
}

/** Behind the version, as it was sent: `/rooms/!abc/send/m.room.encrypted/m1`. */
const pathOf = (url: string) => new URL(url).pathname.replace(/^\/_matrix\/(client|media)\/[^/]+/, '');
