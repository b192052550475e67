import type { JsonObject } from '../../schemas/json.ts';
import { arrayAt, stringAt } from '../lib/json.ts';
import type { Pdu } from './pdu.ts';
import type { RoomState } from './room.ts';

/** From version 12 on a room's id is the hash of its first event, which need not be named any more. */
export const roomIsItsCreation = (version: string): boolean => version === '12';

/** What an event must rest on: https://spec.matrix.org/v1.19/server-server-api/#auth-events-selection */
export function authEventsFor(event: JsonObject, state: RoomState, version: string): readonly Pdu[] {
  if (event['type'] === 'm.room.create') return [];
  const named = [
    ...(roomIsItsCreation(version) ? [] : ['m.room.create|']),
    'm.room.power_levels|',
    `m.room.member|${String(event['sender'])}`,
    ...(event['type'] === 'm.room.member' ? ofMember(event) : []),
  ];
  return [...new Set(named)].flatMap((key) => state.get(key) ?? []);
}

function ofMember({ state_key: whom, content }: JsonObject): readonly string[] {
  const membership = stringAt(content, ['membership']);
  const authorisedBy = stringAt(content, ['join_authorised_via_users_server']);
  const token = stringAt(content, ['third_party_invite', 'signed', 'token']);
  return [
    `m.room.member|${String(whom)}`,
    ...(membership === 'join' || membership === 'invite' || membership === 'knock' ? ['m.room.join_rules|'] : []),
    ...(membership === 'join' && authorisedBy !== undefined ? [`m.room.member|${authorisedBy}`] : []),
    ...(membership === 'invite' && token !== undefined ? [`m.room.third_party_invite|${token}`] : []),
  ];
}

/** The ids of what events rest on, and of what that rests on in turn, as far as it is known. */
export function authChainOf(known: ReadonlyMap<string, Pdu>, of: readonly Pdu[]): ReadonlySet<string> {
  const chain = new Set<string>();
  const open = of.flatMap(restingOn);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (chain.has(id)) continue;
    chain.add(id);
    open.push(...restingOn(known.get(id)));
  }
  return chain;
}

const restingOn = (pdu: Pdu | undefined): readonly string[] => arrayAt(pdu?.json, ['auth_events']).map(String);
