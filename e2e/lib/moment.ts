import type { HttpAnswer, HttpRequest, HttpSend } from '../../core/http/http.ts';

/** A moment in what a device and the homeserver say to each other, at which the device's program is to end. */
export interface Moment {
  readonly between: (send: HttpSend) => HttpSend;
  /** From now on it may come, once. */
  begin(): void;
  readonly reached: Promise<void>;
  /** Resolves when it has come; false at the deadline. */
  comes(deadlineMs: number): Promise<boolean>;
}

export type IsMeant = (request: HttpRequest, answer: HttpAnswer) => boolean;

/** The homeserver has done what was asked, and the device never hears of it. */
export const beforeAnswer = (isMeant: IsMeant): Moment =>
  createMoment((moment) => (send) => async (request) => {
    const answer = await send(request);
    return moment.mayCome() && isMeant(request, answer) ? moment.come() : answer;
  });

/** The device has the answer and asks for more, by which the homeserver knows that it has it. */
export const atNextRequest = (isMeant: IsMeant): Moment =>
  createMoment((moment) => (send) => {
    let path: string | undefined;
    return async (request) => {
      const { pathname } = new URL(request.url);
      const isNext = moment.mayCome() && pathname === path;
      // The answer may be long in coming: that the homeserver was asked is all there is to wait for.
      const answering = send(request);
      if (isNext) {
        answering.catch(() => {});
        return moment.come();
      }
      const answer = await answering;
      if (moment.mayCome() && isMeant(request, answer)) path = pathname;
      return answer;
    };
  });

interface Coming {
  mayCome(): boolean;
  /** Never resolves: nobody is there any more for whom the answer is. */
  come(): Promise<never>;
}

function createMoment(betweenFor: (coming: Coming) => Moment['between']): Moment {
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  let mayCome = false;
  const come = () => {
    mayCome = false;
    resolve();
    return new Promise<never>(() => {});
  };
  return {
    between: betweenFor({ mayCome: () => mayCome, come }),
    begin: () => {
      mayCome = true;
    },
    reached,
    comes: (deadlineMs) => {
      const late = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => late.resolve(false), deadlineMs);
      return Promise.race([reached.then(() => true), late.promise]).finally(() => clearTimeout(timer));
    },
  };
}
