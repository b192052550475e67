import { outcomeOf } from '../../../core/model/outcome.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, setting } from '../../lib/defect.ts';
import { showingHidden } from '../../lib/hidden-events.ts';
import { objectAt, stringAt } from '../../lib/json.ts';
import { type Claim, expectEqual, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { eventTemplate, readEvent } from '../../lib/room-events.ts';
import { bring, expectHidden, probeFrom } from '../../peer/bring.ts';
import { expectGenuine } from '../../peer/genuine-events.ts';
import { joinRoom } from '../../peer/join-room.ts';
import { openPeer } from '../../peer/peer.ts';
import type { Room } from '../../peer/room.ts';

const keptText = 'bleibt';
const reading = (alter: Alteration) => ({ when: { method: 'GET', path: eventTemplate }, alter });
const whereTextIs = (text: string | undefined, alter: Alteration): Alteration => {
  return (answer, seen) => (stringAt(answer.json, ['content', 'probe']) === text ? alter(answer, seen) : answer);
};

// Since events are named by their hash, none can name itself or one that names it; what is left to try is tried here.
// https://spec.matrix.org/v1.19/rooms/v3/#handling-redactions
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-redaction',
    title: 'Andere Homeserver schwärzen nur, was ihre Personen schwärzen dürfen, auch wenn die Schwärzung zuerst kommt',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: 'https://spec.matrix.org/v1.19/rooms/v3/#handling-redactions',
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Wer kein Recht dazu hat, schwärzt fremde Ereignisse',
      defect: reading((answer, seen) =>
        seen.earlier.length > 0 && stringAt(answer.json, ['content', 'probe']) !== keptText
          ? setting(['content'], {})(answer, seen)
          : answer,
      ),
      expectFinding: 'redacted-without-right',
    },
    {
      title: 'Eine Schwärzung aus einem anderen Raum wirkt',
      defect: reading(whereTextIs(keptText, setting(['content'], {}))),
      expectFinding: 'redacted-across-rooms',
    },
    {
      title: 'Schwärzungen wirken nicht',
      defect: reading(whereTextIs(undefined, setting(['content', 'probe'], 'lesbar'))),
      expectFinding: 'not-redacted',
    },
    { title: 'Eine unwirksame Schwärzung ist lesbar', defect: showingHidden, expectFinding: 'void-redaction-shown' },
  ],
  async run(tools) {
    const { request } = tools;
    const alice = await tools.user('alice');
    const peer = await openPeer(tools);
    const mallory = peer.userId('mallory');
    const enter = async () =>
      joinRoom(peer, { roomId: await tools.room(alice, { preset: 'public_chat' }), userId: mallory });
    const [room, elsewhere] = [await enter(), await enter()];
    const { roomId } = room;
    const redaction = (of: Room, redacts: string) =>
      peer.sealed(of, { type: 'm.room.redaction', sender: mallory, content: { redacts } });
    const foreign = await tools.sendProbe(alice, roomId);
    const foreignBefore = premise(await readEvent(request, alice, roomId, foreign));
    const kept = probeFrom(peer, room, mallory, keptText);
    const own = probeFrom(peer, room, mallory, 'gesehen');
    const awaited = probeFrom(peer, room, mallory, 'noch nicht gesehen');
    const withoutRight = redaction(room, foreign);
    const acrossRooms = redaction(elsewhere, kept.eventId);
    const at = { peer, reader: alice, roomId };
    const atElsewhere = { ...at, roomId: elsewhere.roomId };
    premise(await bring(tools, at, [kept, own]));
    premise(await bring(tools, atElsewhere, [acrossRooms, probeFrom(peer, elsewhere, mallory, 'danach')]));
    const redactions = [withoutRight, redaction(room, own.eventId), redaction(room, awaited.eventId)];
    premise(await bring(tools, at, [...redactions, awaited, probeFrom(peer, room, mallory, 'danach')]));
    const expectContent = async (eventId: string, wanted: unknown, claim: Claim): Promise<Findings> => {
      const answer = premise(await readEvent(request, alice, roomId, eventId));
      return expectEqual(answer, { wanted, got: objectAt(answer.json, ['content']) }, claim);
    };
    const notRedacted = { code: 'not-redacted', title: 'Eine Schwärzung durch die Person selbst wirkt nicht' };
    const shown = { code: 'void-redaction-shown', title: 'Eine Schwärzung, die nicht wirkt, erscheint im Raum' };
    return outcomeOf(
      [
        ...(await expectContent(foreign, objectAt(foreignBefore.json, ['content']), {
          code: 'redacted-without-right',
          title: 'Eine Person eines anderen Homeservers schwärzt ohne Recht dazu ein fremdes Ereignis',
        })),
        ...(await expectContent(
          kept.eventId,
          { probe: keptText },
          {
            code: 'redacted-across-rooms',
            title: 'Eine Schwärzung in einem anderen Raum wirkt',
          },
        )),
        ...(await expectContent(own.eventId, {}, notRedacted)),
        ...(await expectContent(
          awaited.eventId,
          {},
          {
            code: 'early-redaction-lost',
            title: 'Eine Schwärzung, die vor dem Ereignis ankommt, wirkt nicht',
          },
        )),
        ...(await expectHidden(tools, at, withoutRight, shown)),
        ...(await expectHidden(tools, atElsewhere, acrossRooms, shown)),
        ...(await expectGenuine(tools, [peer])),
      ],
      'Nur erlaubte Schwärzungen desselben Raums wirkten, auch die vor ihrem Ereignis angekommene',
    );
  },
});
