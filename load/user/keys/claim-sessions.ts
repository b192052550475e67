import { callPatiently } from '../http/homeserver.ts';
import type { UserState } from '../user-state.ts';
import type { KeyState } from './key-state.ts';
import { putNested } from './nested.ts';

export interface Device {
  readonly person: string;
  readonly device: string;
}

export const sessionName = ({ person, device }: Device): string => `${person} ${device}`;

interface ClaimBody {
  readonly one_time_keys?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
}

/** One request for a one-time key of each device; devices that have none left get no Olm session and are counted. */
export async function claimSessions(user: UserState, keys: KeyState, devices: readonly Device[]): Promise<boolean> {
  const wanted: Record<string, Record<string, string>> = {};
  for (const { person, device } of devices) putNested(wanted, [person, device], 'signed_curve25519');
  const { status, body } = await callPatiently(user, {
    name: 'claimKeys',
    path: '/_matrix/client/v3/keys/claim',
    body: JSON.stringify({ timeout: 10_000, one_time_keys: wanted }),
  });
  if (status !== 200) return false;
  const { one_time_keys = {} }: ClaimBody = body ?? {};
  for (const one of devices) {
    if (one_time_keys[one.person]?.[one.device] === undefined) user.shared.meter.count('keysExhausted');
    else keys.sessions.add(sessionName(one));
  }
  return true;
}
