import type { Finding } from '../../core/model/finding.ts';
import { type CheckOutcome, outcomeOf } from '../../core/model/outcome.ts';
import type { Target } from '../../core/model/target.ts';
import { inParallel } from '../../core/run/in-parallel.ts';
import { loadOperations, type Operation } from '../../schemas/matrix/operations.ts';
import type { Claim } from './match.ts';
import { expectError } from './match.ts';
import { mayBeAbsent } from './may-be-absent.ts';
import { isAbsent, pathParameters } from './path-parameters.ts';
import type { Request } from './transport.ts';

/** Every operation of the client-server API that must be refused without a valid token. */
function securedOperations(): readonly Operation[] {
  return loadOperations().operations.filter(({ api, requiresToken }) => api === 'client-server' && requiresToken);
}

interface Refusals {
  readonly findings: readonly Finding[];
  readonly refused: number;
  /** Not there at all: answered as an unknown endpoint. */
  readonly absent: readonly string[];
}

export interface RefusalOptions {
  readonly request: Request;
  readonly target: Target;
  /** Sent with every request; undefined: none. */
  readonly token: string | undefined;
  readonly errcode: string;
  readonly claim: Claim;
  /** German, begins the sentence: how the caller tried. */
  readonly how: string;
}

const atOnce = 4;

/** Passed when every one of them refuses, or is absent for a reason that is known. */
export async function refusalOutcome(options: RefusalOptions): Promise<CheckOutcome> {
  const total = securedOperations().length;
  const { findings, refused, absent } = await tryAll(options);
  const missing = absent.length === 0 ? '' : `; nicht angeboten: ${absent.join(', ')}`;
  const { how, errcode } = options;
  return outcomeOf(findings, `${how}: ${refused} von ${total} Operationen antworten 401 mit ${errcode}${missing}`);
}

/** Tries all of them. Nothing can change, because nobody is logged in. */
async function tryAll({ request, target, token, errcode, claim }: RefusalOptions): Promise<Refusals> {
  const findings: Finding[] = [];
  const absent: string[] = [];
  let refused = 0;
  await inParallel(securedOperations(), atOnce, async (operation) => {
    const { method, path } = operation;
    const answer = await request(method, path, {
      params: pathParameters(path, exampleParameters(target.serverName)),
      ...(token !== undefined && { session: { accessToken: token } }),
      ...(method !== 'GET' && { body: {} }),
      ...required[path],
    });
    if (isAbsent(answer) && mayBeAbsent(operation, target.specVersion)) {
      absent.push(`${method} ${path}`);
      return;
    }
    const found = expectError(answer, { status: 401, errcode }, claim);
    findings.push(...found);
    if (found.length === 0) refused += 1;
  });
  return { findings, refused, absent: absent.toSorted() };
}

const threePid = { medium: 'email', address: 'pruefstand@example.invalid' };

/** What a proper request must carry, where servers look at it before they look at the token; which comes first is theirs to choose. */
const required: Readonly<
  Record<string, { readonly body?: unknown; readonly query?: Readonly<Record<string, string>> }>
> = {
  '/_matrix/client/v1/mutual_rooms': { query: { user_id: '@pruefstand:example.invalid' } },
  '/_matrix/client/v3/account/3pid/bind': {
    body: { client_secret: 'pruefstand', id_access_token: 'keiner', id_server: 'example.invalid', sid: '1' },
  },
  '/_matrix/client/v3/account/3pid/delete': { body: threePid },
  '/_matrix/client/v3/account/3pid/unbind': { body: threePid },
  '/_matrix/client/v3/directory/room/{roomAlias}': { body: { room_id: '!pruefstand:example.invalid' } },
};

/** In the right form, of things that do not exist: some servers look at the names of others before they look at the token. */
const exampleParameters = (serverName: string): Readonly<Record<string, string>> => ({
  userId: `@pruefstand:${serverName}`,
  roomId: `!pruefstand:${serverName}`,
  roomIdOrAlias: `!pruefstand:${serverName}`,
  roomAlias: `#pruefstand:${serverName}`,
  eventId: '$pruefstand',
  serverName,
  eventType: 'de.pruefstand.probe',
  kind: 'override',
  scope: 'global',
  receiptType: 'm.read',
  relType: 'm.thread',
});
