import type { Sink, SinkRequest, Surroundings } from '../../core/model/surroundings.ts';

/** The target seems to ask servers of the bench otherwise than it does. */
export interface ArrivalDefect {
  readonly arriving: RegExp;
  /** Pure: what would have come in place of a request whose path fits; nothing when it got lost. */
  readonly becoming: (request: SinkRequest) => readonly SinkRequest[];
}

/** Servers of the bench as a check would see them. They answer as they are. */
export function withArrivalDefect(surroundings: Surroundings, defect: ArrivalDefect): Surroundings {
  const { openServer } = surroundings;
  return changing(surroundings, {
    pushGateway: () => alteredSink(surroundings.pushGateway, defect),
    applicationService: () => alteredSink(surroundings.applicationService, defect),
    pages: () => alteredSink(surroundings.pages, defect),
    openServer: () => async () => alteredSink(await openServer(), defect),
  });
}

function alteredSink<S extends Sink>(sink: S, { arriving, becoming }: ArrivalDefect): S {
  const altered = (request: SinkRequest) => (arriving.test(request.path) ? becoming(request) : [request]);
  return changing<S>(sink, {
    received: () => sink.received.flatMap(altered),
    waitFor: (): Sink['waitFor'] => async (fits, deadlineMs) => {
      const request = await sink.waitFor((one) => altered(one).some(fits), deadlineMs);
      return request && altered(request).find(fits);
    },
  } as Partial<{ [key in keyof S]: () => S[key] }>);
}

/** The object with some members in place of its own; everything else is asked of it, when it is asked for. */
function changing<T extends object>(object: T, members: Partial<{ [key in keyof T]: () => T[key] }>): T {
  return new Proxy(object, {
    get: (target, name) => {
      const member = members[name as keyof T];
      return member === undefined ? Reflect.get(target, name) : member();
    },
  });
}

/** For counterexamples: requests there get lost. */
export const losing = (arriving: RegExp): ArrivalDefect => ({ arriving, becoming: () => [] });

/** For counterexamples: requests there come twice. */
export const repeating = (arriving: RegExp): ArrivalDefect => ({ arriving, becoming: (request) => [request, request] });

/** For counterexamples: requests there say something else. */
export const rewriting = (arriving: RegExp, rewrite: (json: unknown) => unknown): ArrivalDefect => ({
  arriving,
  becoming: (request) => [{ ...request, json: rewrite(request.json) }],
});
