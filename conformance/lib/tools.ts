import type { Account, AccountKind, Bench, LeaseWish, Session } from '../../core/model/bench.ts';
import type { Clock } from '../../core/model/clock.ts';
import type { VariantName } from '../../core/model/lab.ts';
import { RigError } from '../../core/model/rig-error.ts';
import type { Surroundings } from '../../core/model/surroundings.ts';
import type { Target } from '../../core/model/target.ts';
import type { Random } from '../../core/random.ts';
import type { Answer } from './answer.ts';
import { type PollOptions, poll } from './poll.ts';
import { premise, premiseString } from './premise.ts';
import { type SyncEnd, type SyncWait, waitForSync } from './sync.ts';
import type { Request } from './transport.ts';

/** Everything a check may use. */
export interface Tools {
  readonly target: Target;
  readonly request: Request;
  readonly random: Random;
  now(): number;
  account(label: string, kind?: AccountKind): Promise<Account>;
  /** A new device of an account, used by nobody before. */
  device(account: Account, deviceName?: string): Promise<Session>;
  /** An account with a device. Both may have been lent before: a check that minds asks for an account and a new device. */
  user(label: string, kind?: AccountKind): Promise<Session>;
  /** Whose session it is, of those this check holds. */
  ownerOf(session: Pick<Session, 'userId'>): Account | undefined;
  /** A new room; `options` is the body of createRoom. Resolves with its id. */
  room(session: Session, options?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Invites and joins. */
  join(roomId: string, host: Session, guest: Session): Promise<void>;
  /** Sends an event that means nothing to clients. Resolves with its id. */
  sendProbe(session: Session, roomId: string): Promise<string>;
  waitForSync(session: Session, wait: SyncWait): Promise<SyncEnd>;
  /** Asks again until something holds; for what several processes of the target learn one after another. */
  poll(options: PollOptions): Promise<Answer>;
  /** The same tools for a variant of the reference deployment; the check must need the lab. */
  variant(name: VariantName): Promise<Tools>;
  /** Mailbox, push gateway, application service, OpenID provider …; only on a variant. */
  surroundings(): Surroundings;
}

/** An event type of our own: never shown by a client, never encrypted, no text of a person in it. */
export const probeType = 'de.pruefstand.probe';

export const sendTemplate = '/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}';

interface ToolParts {
  readonly bench: Bench;
  /** As the check is to see them. */
  readonly surroundings: Surroundings | undefined;
  readonly request: Request;
  readonly random: Random;
  readonly clock: Clock;
  variant(name: VariantName): Promise<Tools>;
  /** Told of every account the check holds from now on. */
  onLeased(account: Account): void;
  /** Told of every wait a limit of the target imposes, in ms. */
  held(ms: number): void;
}

export function createTools({
  bench,
  surroundings,
  request,
  random,
  clock,
  variant,
  onLeased,
  held,
}: ToolParts): Tools {
  const now = () => clock.now();
  const { accounts, target } = bench;
  const owners = new Map<string, Account>();
  const leasedAccount = async (label: string, kind: AccountKind | undefined, wish: LeaseWish) => {
    const leased = await accounts.lease(label, kind, wish);
    onLeased(leased);
    owners.set(leased.userId, leased);
    return leased;
  };
  const device = (owner: Account, deviceName = 'Pruefstand') => accounts.login(owner, deviceName, held);
  return {
    target,
    request,
    random,
    now,
    variant,
    surroundings: () => required(surroundings),
    account: (label, kind) => leasedAccount(label, kind, { withSession: false }),
    device,
    user: async (label, kind) => accounts.session(await leasedAccount(label, kind, { withSession: true }), held),
    ownerOf: ({ userId }) => owners.get(userId),
    room: async (session, options = {}) => premiseString(await createRoom(request, session, options), ['room_id']),
    join: (roomId, host, guest) => join(request, { roomId, host, guest }),
    sendProbe: async (session, roomId) => {
      const params = { roomId, eventType: probeType, txnId: random.word(12) };
      const answer = await request('PUT', sendTemplate, { params, session, body: { probe: random.word(16) } });
      return premiseString(answer, ['event_id']);
    },
    poll: (options) => poll(clock, options),
    waitForSync: (session, wait) => waitForSync({ request, now }, session, wait),
  };
}

function required(surroundings: Surroundings | undefined): Surroundings {
  if (surroundings === undefined)
    throw new RigError('defect', 'only variants of the reference deployment have surroundings');
  return surroundings;
}

export function createRoom(request: Request, session: Session, body: unknown): Promise<Answer> {
  return request('POST', '/_matrix/client/v3/createRoom', { session, body });
}

async function join(
  request: Request,
  { roomId, host, guest }: { readonly roomId: string; readonly host: Session; readonly guest: Session },
): Promise<void> {
  const params = { roomId };
  const body = { user_id: guest.userId };
  premise(await request('POST', '/_matrix/client/v3/rooms/{roomId}/invite', { params, session: host, body }));
  premise(await request('POST', '/_matrix/client/v3/rooms/{roomId}/join', { params, session: guest, body: {} }));
}
