import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { stringAt } from './json.ts';
import { type Claim, expectEqual, type Findings } from './match.ts';
import { settlingMs } from './poll.ts';
import { premise } from './premise.ts';
import { getState, type StateKey, stateKeyTemplate } from './state-requests.ts';
import type { Tools } from './tools.ts';
import type { Request } from './transport.ts';

export const inviteTemplate = '/_matrix/client/v3/rooms/{roomId}/invite';
export const joinTemplate = '/_matrix/client/v3/rooms/{roomId}/join';
export const joinByAliasTemplate = '/_matrix/client/v3/join/{roomIdOrAlias}';
export const leaveTemplate = '/_matrix/client/v3/rooms/{roomId}/leave';
export const forgetTemplate = '/_matrix/client/v3/rooms/{roomId}/forget';
export const kickTemplate = '/_matrix/client/v3/rooms/{roomId}/kick';
export const banTemplate = '/_matrix/client/v3/rooms/{roomId}/ban';
export const unbanTemplate = '/_matrix/client/v3/rooms/{roomId}/unban';
export const knockTemplate = '/_matrix/client/v3/knock/{roomIdOrAlias}';

/** A person changes the own membership. */
type OwnStep = (by: Session, roomId: string, reason?: string) => Promise<Answer>;

/** A person changes the membership of another one. */
type StepOnOther = (by: Session, roomId: string, whom: Pick<Session, 'userId'>, reason?: string) => Promise<Answer>;

/** Every way to change a membership; resolves with the answer, whatever its status. */
export interface MembershipSteps {
  readonly invite: StepOnOther;
  readonly kick: StepOnOther;
  readonly ban: StepOnOther;
  readonly unban: StepOnOther;
  readonly join: OwnStep;
  readonly leave: OwnStep;
  readonly forget: OwnStep;
  /** Takes an alias as well, as `joinByAlias` does. */
  readonly knock: OwnStep;
  readonly joinByAlias: OwnStep;
}

export function membershipSteps(request: Request): MembershipSteps {
  const own =
    (template: string): OwnStep =>
    (session, room, reason) => {
      const params = { roomId: room, roomIdOrAlias: room };
      return request('POST', template, { params, session, body: { ...(reason !== undefined && { reason }) } });
    };
  const onOther =
    (template: string): StepOnOther =>
    (session, roomId, { userId }, reason) => {
      const body = { user_id: userId, ...(reason !== undefined && { reason }) };
      return request('POST', template, { params: { roomId }, session, body });
    };
  return {
    invite: onOther(inviteTemplate),
    kick: onOther(kickTemplate),
    ban: onOther(banTemplate),
    unban: onOther(unbanTemplate),
    join: own(joinTemplate),
    leave: own(leaveTemplate),
    forget: own(forgetTemplate),
    knock: own(knockTemplate),
    joinByAlias: own(joinByAliasTemplate),
  };
}

/**
 * A new room into which a guest comes unasked. An invitation is a notification too, and whether it still counts as
 * unread after joining is left open: what counts exactly begins without one.
 */
export async function openRoom({ request, room }: Tools, host: Session, guest: Session): Promise<string> {
  const roomId = await room(host, { preset: 'public_chat' });
  premise(await membershipSteps(request).join(guest, roomId));
  return roomId;
}

/** Where `membershipAs` reads, for counterexamples. */
export const membershipTemplate = stateKeyTemplate;

const memberState = (roomId: string, { userId }: Pick<Session, 'userId'>): StateKey => ({
  roomId,
  eventType: 'm.room.member',
  stateKey: userId,
});

/** The membership as another person sees it, once it is as wanted or the deployment had time to settle. */
export function membershipAs(
  { request, poll }: Pick<Tools, 'request' | 'poll'>,
  reader: Session,
  {
    roomId,
    whom,
    wanted,
  }: { readonly roomId: string; readonly whom: Pick<Session, 'userId'>; readonly wanted: string },
): Promise<Answer> {
  return poll({
    ask: () => getState(request, reader, memberState(roomId, whom)),
    until: ({ json }) => stringAt(json, ['membership']) === wanted,
    deadlineMs: settlingMs,
  });
}

export function expectMembership(answer: Answer, wanted: string, claim: Claim): Findings {
  return expectEqual(answer, { wanted, got: stringAt(answer.json, ['membership']) }, claim);
}
