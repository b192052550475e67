import type { Finding } from '../../core/model/finding.ts';
import { inParallel } from '../../core/run/in-parallel.ts';
import { loadOperations, type Operation } from '../../schemas/matrix/operations.ts';
import type { Answer } from './answer.ts';
import { stringAt } from './json.ts';
import type { Claim } from './match.ts';
import { expectError } from './match.ts';
import type { Request } from './transport.ts';

/** Every operation of the client-server API that must be refused without a valid token. */
export function securedOperations(): readonly Operation[] {
  return loadOperations().operations.filter(({ api, requiresToken }) => api === 'client-server' && requiresToken);
}

export interface Refusals {
  readonly findings: readonly Finding[];
  readonly refused: number;
  /** Not there at all: answered as an unknown endpoint. */
  readonly absent: readonly string[];
}

export interface RefusalOptions {
  readonly request: Request;
  /** Sent with every request; undefined: none. */
  readonly token: string | undefined;
  readonly errcode: string;
  readonly claim: Claim;
}

const atOnce = 4;

/** Tries all of them. Nothing can change, because nobody is logged in. */
export async function tryAll({ request, token, errcode, claim }: RefusalOptions): Promise<Refusals> {
  const findings: Finding[] = [];
  const absent: string[] = [];
  let refused = 0;
  await inParallel(securedOperations(), atOnce, async ({ method, path }) => {
    const answer = await request(method, path, {
      params: parametersFor(path),
      ...(token !== undefined && { session: { accessToken: token } }),
      ...(method !== 'GET' && { body: {} }),
    });
    if (isAbsent(answer)) {
      absent.push(`${method} ${path}`);
      return;
    }
    const found = expectError(answer, { status: 401, errcode }, claim);
    findings.push(...found);
    if (found.length === 0) refused += 1;
  });
  return { findings, refused, absent: absent.toSorted() };
}

const isAbsent = ({ status, json }: Answer): boolean =>
  (status === 404 || status === 405) && stringAt(json, ['errcode']) === 'M_UNRECOGNIZED';

/** Values in the right form of things that do not exist. */
function parametersFor(path: string): Record<string, string> {
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, examples[name] ?? 'pruefstand']));
}

const examples: Readonly<Record<string, string>> = {
  userId: '@pruefstand:example.invalid',
  roomId: '!pruefstand:example.invalid',
  roomIdOrAlias: '!pruefstand:example.invalid',
  roomAlias: '#pruefstand:example.invalid',
  eventId: '$pruefstand',
  serverName: 'example.invalid',
  eventType: 'de.pruefstand.probe',
  kind: 'override',
  scope: 'global',
  receiptType: 'm.read',
  relType: 'm.thread',
};
