import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { JsonObject } from '../../../schemas/json.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { showingHidden } from '../../lib/hidden-events.ts';
import { arrayAt, objectAt } from '../../lib/json.ts';
import { expectEqual, type Findings } from '../../lib/match.ts';
import { premise, premiseString } from '../../lib/premise.ts';
import { changeLevels, getState, stateEventTemplate } from '../../lib/state-requests.ts';
import type { Tools } from '../../lib/tools.ts';
import { bring, expectHidden, probeFrom } from '../../peer/bring.ts';
import { expectGenuine } from '../../peer/genuine-events.ts';
import { joinRoom, peerVersions } from '../../peer/join-room.ts';
import { openPeer, type Peer } from '../../peer/peer.ts';
import { type Room, stateKeyOf } from '../../peer/room.ts';
import { takeIn } from '../../peer/take-in.ts';

const eventType = 'm.room.power_levels';
const levelsKey = stateKeyOf(eventType);
const levels = { when: { method: 'GET', path: stateEventTemplate } };

interface Version {
  readonly alice: Session;
  readonly peer: Peer;
  readonly version: (typeof peerVersions)[number];
}

// Nobody becomes powerful in a room by saying so, nor by leaving out what speaks against it.
// https://spec.matrix.org/v1.19/rooms/v12/#authorization-rules
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-pl-takeover',
    title: 'Kein anderer Homeserver verschafft seinen Personen Rechte, die ihnen im Raum niemand gab',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: 'https://spec.matrix.org/v1.19/rooms/v12/#authorization-rules',
  },
  variant: 'federated',
  counterexamples: [
    { title: 'Die Selbstermächtigung ist im Raum zu sehen', defect: showingHidden, expectFinding: 'grab-shown' },
    {
      title: 'Die Selbstermächtigung gilt',
      defect: { ...levels, alter: onlyNth(2, setting(['users', '@eve:example.org'], 100)) },
      expectFinding: 'grab-in-effect',
    },
    {
      title: 'Wer Rechte hat, kann sie nicht nutzen',
      defect: { ...levels, alter: setting(['invite'], 77) },
      expectFinding: 'rightful-change-lost',
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const peer = await openPeer(tools);
    const found: Findings[] = [];
    for (const version of peerVersions) found.push(await inVersion(tools, { alice, peer, version }));
    return outcomeOf(
      [...found.flat(), ...(await expectGenuine(tools, [peer]))],
      'Jede Selbstermächtigung wurde verworfen, die Änderung im Rahmen verliehener Rechte galt (Raumversionen 11 und 12)',
    );
  },
});

async function inVersion(tools: Tools, { alice, peer, version }: Version): Promise<Findings> {
  const { request } = tools;
  const mallory = peer.userId('mallory');
  const roomId = await tools.room(alice, { preset: 'public_chat', room_version: version });
  const room = await joinRoom(peer, { roomId, userId: mallory });
  const at = { peer, reader: alice, roomId };
  const readLevels = async () => premise(await getState(request, alice, { roomId, eventType }));
  const change = levelChanges(peer, room, mallory);
  const before = await readLevels();
  const powerful = { users: { ...objectAt(before.json, ['users']), [mallory]: 100 } };
  const grab = change(powerful);
  // As if no levels had ever been set, which would let everyone set them.
  const withoutLevels = arrayAt(grab.json, ['auth_events']).filter((id) => id !== room.state.get(levelsKey)?.eventId);
  const grabs = [grab, change(powerful, { auth_events: withoutLevels })];
  premise(await bring(tools, at, [...grabs, probeFrom(peer, room, mallory, 'danach')]));
  const afterGrabs = await readLevels();
  const given = { users: { [mallory]: 50 }, events: { [eventType]: 50 } };
  const givenId = premiseString(await changeLevels(request, alice, roomId, given), ['event_id']);
  const giving = await takeIn(peer, room, eventType, ({ eventId }) => eventId === givenId);
  const users = objectAt(giving.json, ['content', 'users']);
  const tooFar = [
    change({ users: { ...users, [mallory]: 100 } }),
    // From version 12 on those who made a room need no level and must not be given one.
    ...(version === '12' ? [change({ users: { ...users, [alice.userId]: 50 } })] : []),
  ];
  const rightful = change({ invite: 25 });
  await bring(tools, at, [...tooFar, rightful, probeFrom(peer, room, mallory, 'zuletzt')]);
  const last = await readLevels();
  const hidden = [...grabs, ...tooFar].map((pdu) =>
    expectHidden(tools, at, pdu, {
      code: 'grab-shown',
      title: `Ein Ereignis, mit dem sich eine Person ohne Recht dazu Rechte gibt, erscheint im Raum (Raumversion ${version})`,
    }),
  );
  return [
    ...expectEqual(
      afterGrabs,
      { wanted: before.json, got: afterGrabs.json },
      {
        code: 'grab-in-effect',
        title: `Eine Person eines anderen Homeservers gibt sich selbst Rechte (Raumversion ${version})`,
      },
    ),
    ...(await Promise.all(hidden)).flat(),
    ...expectEqual(
      last,
      { wanted: rightful.json['content'], got: last.json },
      {
        code: 'rightful-change-lost',
        title: `Nach einer erlaubten Änderung der Rechte gelten nicht genau diese (Raumversion ${version})`,
      },
    ),
  ];
}

/** Changes of the levels that a person of the peer tries, from those that hold for all the peer knows. */
const levelChanges =
  (peer: Peer, room: Room, sender: string) =>
  (change: JsonObject, fields: JsonObject = {}) => {
    const content = { ...objectAt(room.state.get(levelsKey)?.json, ['content']), ...change };
    return peer.sealed(room, { type: eventType, stateKey: '', sender, content, fields });
  };
