import type { VirtualUser } from '../scenarios/virtual-user.ts';
import { attach, openAttachment } from './actions/attach.ts';
import { leaveHistory } from './actions/leave-history.ts';
import { openRoom } from './actions/open-room.ts';
import { read } from './actions/read.ts';
import { edit, react } from './actions/relate.ts';
import { openThread, scrollBack } from './actions/scroll-back.ts';
import { browseSpace, searchMessages, searchPeople, searchRooms, viewProfile } from './actions/search.ts';
import { joinRoom, refreshToken, registerPusher, setPresence, signIn, signOut } from './actions/session.ts';
import { type } from './actions/type.ts';
import { backUpKeys } from './keys/back-up.ts';
import { refillKeys, setUpKeys } from './keys/own-keys.ts';
import { restoreKeys } from './keys/restore.ts';
import { rotateKeys } from './keys/share-key.ts';
import { goOnline } from './sync/online.ts';
import type { UserState } from './user-state.ts';

/** What a person does that takes time. */
export type Actions = Omit<
  VirtualUser,
  | 'index'
  | 'arrivalMs'
  | 'durationMs'
  | 'people'
  | 'rooms'
  | 'messages'
  | 'until'
  | 'drain'
  | 'draw'
  | 'moments'
  | 'goOffline'
  | 'send'
>;

type ActionTable = {
  readonly [Name in keyof Actions]: (user: UserState, ...input: Parameters<Actions[Name]>) => Promise<unknown>;
};

const table: ActionTable = {
  attach,
  backUpKeys,
  browseSpace,
  edit,
  goOnline: (user, how = {}) => goOnline(user, how),
  joinRoom,
  leaveHistory,
  openAttachment,
  openRoom,
  openThread,
  react,
  read,
  refillKeys,
  refreshToken,
  registerPusher,
  restoreKeys,
  rotateKeys,
  scrollBack,
  searchMessages,
  searchPeople,
  searchRooms,
  setPresence,
  setUpKeys,
  signIn,
  signOut,
  type,
  viewProfile,
};

interface HasState {
  readonly state: UserState;
}

/** The same as methods of whoever has a state, made once for all users. */
export const actionMethods = Object.fromEntries(
  Object.entries(table).map(([name, action]) => [
    name,
    function act(this: HasState, ...input: readonly unknown[]) {
      return (action as (user: UserState, ...rest: readonly unknown[]) => Promise<unknown>)(this.state, ...input);
    },
  ]),
) as unknown as Actions;
