import type { HttpAnswer, HttpRequest, HttpSend } from '../../core/http/http.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { waitUntil } from './wait-until.ts';

/** How far the request got with which the program ended. */
export type Moment =
  /** It never left. */
  | 'beforeArrival'
  /** The homeserver did what it was asked; its answer was lost. */
  | 'beforeAnswer'
  /** The answer came; nothing was said after it. */
  | 'afterAnswer';

export interface DeathPlan {
  readonly moment: Moment;
  /** The request it ends with; the answer is known unless it ends before that arrived. */
  isLast(request: HttpRequest, answer?: HttpAnswer): boolean;
  /** Waits for `begin`; else the first such request is the last one. */
  readonly isLater?: boolean;
}

/** What one life of the program said to the homeserver where it was to end. */
export interface LastWord {
  readonly life: number;
  readonly request: HttpRequest;
  /** Absent when it never arrived. */
  readonly status?: number;
}

/** A program that is ended in the middle of its work. What it was about to say stays unsaid; started again it may speak. */
export interface Death {
  readonly between: (send: HttpSend) => HttpSend;
  begin(): void;
  readonly isDead: () => boolean;
  /** Resolves with whether it died before the deadline. */
  waitForEnd(): Promise<boolean>;
  /** Resolves with whether a later life sent such a request, and the homeserver answered, before the deadline. */
  waitForRepetition(): Promise<boolean>;
  /** The requests of that kind that were sent, of every life, in order. */
  readonly said: readonly LastWord[];
}

const deadlineMs = 20_000;

export function dyingAt({ moment, isLast, isLater = false }: DeathPlan): Death {
  const listeners = new Set<() => void>();
  const said: LastWord[] = [];
  let [hasBegun, isDead, lives] = [!isLater, false, 0];
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  const keep = (word: LastWord) => {
    said.push(word);
    tell();
  };
  const die = (word: LastWord) => {
    isDead = true;
    keep(word);
  };
  const isDue = (request: HttpRequest, answer?: HttpAnswer) => hasBegun && !isDead && isLast(request, answer);
  const heard = (answer: HttpAnswer) => (isDead ? silence() : answer);
  const dyingBefore =
    (send: HttpSend): HttpSend =>
    async (request) => {
      if (isDead) return silence();
      if (!isDue(request)) return heard(await send(request));
      die({ life: 1, request });
      return silence();
    };
  const dyingAfter =
    (send: HttpSend): HttpSend =>
    async (request) => {
      if (isDead) return silence();
      const answer = await send(request);
      if (!isDue(request, answer)) return heard(answer);
      die({ life: 1, request, status: answer.status });
      return moment === 'afterAnswer' ? answer : silence();
    };
  const mortal = moment === 'beforeArrival' ? dyingBefore : dyingAfter;
  const later =
    (send: HttpSend, life: number): HttpSend =>
    async (request) => {
      const answer = await send(request);
      if (isLast(request, answer)) keep({ life, request, status: answer.status });
      return answer;
    };
  const wait = (holds: () => boolean) =>
    waitUntil(() => holds() || undefined, { deadlineMs, signal: noSignal, onChange: register }).then(Boolean);
  const register = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    between: (send) => {
      lives += 1;
      return lives === 1 ? mortal(send) : later(send, lives);
    },
    begin: () => {
      hasBegun = true;
    },
    isDead: () => isDead,
    waitForEnd: () => wait(() => isDead),
    waitForRepetition: () => wait(() => said.some(({ life }) => life > 1)),
    said,
  };
}

/** Nobody is there any more to hear an answer. */
const silence = (): Promise<HttpAnswer> => new Promise(() => {});

const noSignal: AbortSignalLike = new AbortController().signal;

/** The address of the request goes on so after the version, e.g. `/keys/upload`. */
export const isTo =
  (path: string, method?: string): DeathPlan['isLast'] =>
  (request) =>
    new URL(request.url).pathname.includes(path) && (method === undefined || request.method === method);
