import { act, succeeds } from '../act.ts';
import { callPatiently } from '../http/homeserver.ts';
import { renewToken } from '../http/renew-token.ts';
import { renewedKeyState } from '../keys/key-state.ts';
import { goOffline } from '../sync/online.ts';
import { enterTokens, type UserState } from '../user-state.ts';

interface LoginBody {
  readonly access_token?: string;
  readonly device_id?: string;
  readonly refresh_token?: string;
}

/** A new device of the person; false where the run prepared no credentials or the homeserver refused. */
export async function signIn(user: UserState, atMs?: number): Promise<boolean> {
  const { login } = user.row;
  if (login === undefined) return false;
  goOffline(user);
  return await act(user, 'signIn', atMs, async () => {
    user.headers = {
      'content-type': 'application/json',
      ...(login.serviceToken !== undefined && { authorization: `Bearer ${login.serviceToken}` }),
    };
    const body = JSON.stringify({ ...login.body, refresh_token: true });
    const answer = await callPatiently(user, { name: 'login', path: '/_matrix/client/v3/login', body });
    const { access_token, device_id, refresh_token }: LoginBody = answer.body ?? {};
    if (answer.status !== 200 || access_token === undefined || device_id === undefined) return false;
    enterTokens(user, access_token, refresh_token);
    Object.assign(user, { deviceId: device_id, since: undefined, sliding: undefined });
    if (user.keys !== undefined) user.keys = renewedKeyState(user.keys, 'new');
    return true;
  });
}

export function signOut(user: UserState, atMs?: number): Promise<boolean> {
  goOffline(user);
  return act(user, 'signOut', atMs, () =>
    succeeds(user, { name: 'logout', path: '/_matrix/client/v3/logout', body: '{}' }),
  );
}

/** Measured where it happens, because it mostly does by itself. */
export async function refreshToken(user: UserState): Promise<void> {
  await renewToken(user);
}

export function setPresence(user: UserState, presence: 'online' | 'unavailable', atMs?: number): Promise<boolean> {
  const path = `/_matrix/client/v3/presence/${encodeURIComponent(user.row.userId)}/status`;
  return act(user, 'setPresence', atMs, () =>
    succeeds(user, { name: 'presence', path, body: JSON.stringify({ presence }) }),
  );
}

export function registerPusher(user: UserState, gatewayUrl: string, atMs?: number): Promise<boolean> {
  const body = {
    kind: 'http',
    app_id: 'org.pruefstand.load',
    app_display_name: 'Prüfstand',
    device_display_name: 'Lastgerät',
    lang: 'de',
    pushkey: `${user.deviceId}${user.index}`,
    data: { url: gatewayUrl, format: 'event_id_only' },
  };
  return act(user, 'registerPusher', atMs, () =>
    succeeds(user, { name: 'pushers', path: '/_matrix/client/v3/pushers/set', body: JSON.stringify(body) }),
  );
}

export function joinRoom(user: UserState, room: number, atMs?: number): Promise<boolean> {
  const roomId = user.row.rooms[room]?.roomId ?? '';
  return act(user, 'joinRoom', atMs, () =>
    succeeds(user, { name: 'join', path: `/_matrix/client/v3/join/${encodeURIComponent(roomId)}`, body: '{}' }),
  );
}
