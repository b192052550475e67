import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { text } from 'node:stream/consumers';
import type { AnswerTo, Sink, SinkAnswer, SinkFilter, SinkRequest } from '../../../core/model/surroundings.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import type { Issued } from '../../reference/certificates.ts';
import { createArrivals } from './arrivals.ts';
import { listening } from './listening.ts';

export type OpenSink = Sink & AsyncDisposable;

interface Rule {
  readonly fits: SinkFilter;
  readonly answer: SinkAnswer | AnswerTo;
}

/** Where a server of the bench listens, and as whom; by default at the usual address without TLS. */
export interface Listening {
  readonly address?: string;
  /** Over TLS, at the name it is for. */
  readonly issued?: Issued;
}

/** `usual` answers whatever no rule is for. */
export async function openSink(
  port: number,
  usual: (request: SinkRequest) => SinkAnswer,
  { address, issued }: Listening = {},
): Promise<OpenSink> {
  const arrivals = createArrivals<SinkRequest>();
  const rules: Rule[] = [];
  const answerTo = (request: SinkRequest): SinkAnswer | Promise<SinkAnswer> => {
    const answer = rules.findLast(({ fits }) => fits(request))?.answer ?? usual;
    return typeof answer === 'function' ? answer(request) : answer;
  };
  const listener: RequestListener = async (incoming, outgoing) => {
    const request = await requestFrom(incoming);
    const answer = answerTo(request);
    arrivals.add(request);
    const {
      status,
      json,
      text: page = JSON.stringify(json ?? {}),
      contentType = 'application/json',
      headers = {},
      hangsUp = false,
    } = await answer;
    if (hangsUp) return void outgoing.destroy();
    outgoing.writeHead(status, { ...headers, 'content-type': contentType }).end(page);
  };
  const server =
    issued === undefined
      ? createServer(listener)
      : createTlsServer({ cert: issued.certificate, key: issued.key }, listener);
  const url = urlOf(await listening(server, port, address), issued);
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

const urlOf = (address: string, issued: Issued | undefined): string =>
  issued === undefined ? `http://${address}` : `https://localhost:${new URL(`https://${address}`).port}`;

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
