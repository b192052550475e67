import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Sink, SinkAnswer, SinkFilter, SinkRequest } from '../../../core/model/surroundings.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { createArrivals } from './arrivals.ts';
import { listening } from './listening.ts';

export type OpenSink = Sink & AsyncDisposable;

interface Rule {
  readonly fits: SinkFilter;
  readonly answer: SinkAnswer | ((request: SinkRequest) => SinkAnswer);
}

/** `usual` answers whatever no rule is for. */
export async function openSink(port: number, usual: (request: SinkRequest) => SinkAnswer): Promise<OpenSink> {
  const arrivals = createArrivals<SinkRequest>();
  const rules: Rule[] = [];
  const answerTo = (request: SinkRequest): SinkAnswer => {
    const answer = rules.findLast(({ fits }) => fits(request))?.answer ?? usual;
    return typeof answer === 'function' ? answer(request) : answer;
  };
  const server = createServer(async (incoming, outgoing) => {
    const request = await requestFrom(incoming);
    const {
      status,
      json,
      text: page = JSON.stringify(json ?? {}),
      contentType = 'application/json',
    } = answerTo(request);
    arrivals.add(request);
    outgoing.writeHead(status, { 'content-type': contentType }).end(page);
  });
  const url = `http://${await listening(server, port)}`;
  return {
    url,
    received: arrivals.all,
    waitFor: (fits, deadlineMs) => arrivals.waitFor(fits, { deadlineMs }),
    answering: (fits, answer) => {
      const rule = { fits, answer };
      rules.push(rule);
      return { [Symbol.dispose]: () => void rules.splice(rules.indexOf(rule), 1) };
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function requestFrom(incoming: IncomingMessage): Promise<SinkRequest> {
  const url = new URL(incoming.url ?? '/', 'http://sink');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')] as const);
  return {
    method: incoming.method ?? '',
    path: decodeURIComponent(url.pathname),
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(headers),
    json: parsedJson(await text(incoming)),
  };
}
