import { objectAt, stringAt } from '../lib/json.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';

/**
 * Until disposed, whoever joins the room is told its state without the other members, as the faster way to join has it:
 * https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv2send_joinroomideventid
 */
export function omittingMembers({ server, identity, serverName }: Peer, room: Room): Disposable {
  return server.answering(
    ({ path }) => path.startsWith(`/_matrix/federation/v2/send_join/${room.roomId}/`),
    ({ json }) => {
      const state = [...room.state.values()].map((pdu) => pdu.json);
      const creator = stringAt(state[0], ['sender']);
      const shown = state.filter((event) => event['type'] !== 'm.room.member' || event['state_key'] === creator);
      return {
        status: 200,
        json: {
          origin: serverName,
          state: shown,
          auth_chain: shown,
          event: identity.countersigned(objectAt(json, [])),
          members_omitted: true,
          servers_in_room: [serverName],
        },
      };
    },
  );
}
