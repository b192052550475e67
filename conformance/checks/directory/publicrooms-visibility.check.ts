import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, expectError } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { listedIds, publicRoomsPath, searchRooms, setVisibility, visibilityTemplate } from '../../lib/public-rooms.ts';

// Rooms are listed when those who run them say so, and at no other time.
// https://spec.matrix.org/v1.19/client-server-api/#put_matrixclientv3directorylistroomroomid
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.publicrooms-visibility',
    title: 'Im Raumverzeichnis steht ein Raum nur, solange Berechtigte ihn veröffentlichen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('put_matrixclientv3directorylistroomroomid'),
  },
  counterexamples: [
    {
      title: 'Ein einfaches Mitglied veröffentlicht den Raum',
      defect: { when: { method: 'PUT', path: visibilityTemplate }, alter: onlyNth(1, answering(200, {})) },
      expectFinding: 'published-without-right',
    },
    {
      title: 'Ein neuer Raum gilt als veröffentlicht',
      defect: {
        when: { method: 'GET', path: visibilityTemplate },
        alter: onlyNth(1, setting(['visibility'], 'public')),
      },
      expectFinding: 'visibility-differs',
    },
    {
      title: 'Der zurückgezogene Raum wird weiter gefunden',
      defect: {
        when: { method: 'POST', path: publicRoomsPath },
        alter: (answer, { earlier }) => earlier.findLast(({ json }) => hasRooms(json)) ?? answer,
      },
      expectFinding: 'listing-differs',
    },
    {
      title: 'Zu einem unbekannten Raum gibt es eine Auskunft',
      defect: {
        when: { method: 'GET', path: visibilityTemplate },
        alter: (answer, seen) =>
          answer.status === 404 ? answering(200, { visibility: 'private' })(answer, seen) : answer,
      },
      expectFinding: 'unknown-room-known',
    },
  ],
  async run({ request, user, room, join, random, target, poll }) {
    const [alice, bob] = [await user('alice'), await user('bob')];
    const word = `pruefstand${random.word(12)}`;
    const roomId = await room(alice, { name: word, preset: 'public_chat' });
    await join(roomId, alice, bob);
    const visibility = async (id: string) =>
      request('GET', visibilityTemplate, { params: { roomId: id }, session: bob });
    const listed = (isWanted: boolean) =>
      poll({
        ask: async () => premise(await searchRooms(request, bob, word)),
        until: (answer) => listedIds(answer).includes(roomId) === isWanted,
        deadlineMs: settlingMs,
      });
    const [before, unlisted] = [await visibility(roomId), await listed(false)];
    const byMember = await setVisibility(request, bob, roomId, 'public');
    premise(await setVisibility(request, alice, roomId, 'public'));
    const [during, published] = [await visibility(roomId), await listed(true)];
    premise(await setVisibility(request, alice, roomId, 'private'));
    const [after, withdrawn] = [await visibility(roomId), await listed(false)];
    const unknown = await visibility(`!${random.word(18)}:${target.serverName}`);
    const shown = { code: 'visibility-differs', title: 'Die Auskunft über die Veröffentlichung stimmt nicht' };
    const list = { code: 'listing-differs', title: 'Das Raumverzeichnis folgt der Veröffentlichung nicht' };
    return outcomeOf(
      [
        ...expectError(
          byMember,
          { status: 403, errcode: 'M_FORBIDDEN' },
          { code: 'published-without-right', title: 'Ein Raum lässt sich ohne Recht dazu veröffentlichen' },
        ),
        ...expectEqual(before, { wanted: 'private', got: stringAt(before.json, ['visibility']) }, shown),
        ...expectEqual(during, { wanted: 'public', got: stringAt(during.json, ['visibility']) }, shown),
        ...expectEqual(after, { wanted: 'private', got: stringAt(after.json, ['visibility']) }, shown),
        ...expectEqual(unlisted, { wanted: [], got: listedIds(unlisted) }, list),
        ...expectEqual(published, { wanted: [roomId], got: listedIds(published) }, list),
        ...expectEqual(withdrawn, { wanted: [], got: listedIds(withdrawn) }, list),
        ...expectError(
          unknown,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'unknown-room-known', title: 'Ein unbekannter Raum wird nicht als solcher gemeldet' },
        ),
      ],
      'Verborgen, nach Veröffentlichung gefunden, danach wieder verborgen; ohne Recht 403, unbekannt 404',
    );
  },
});

const hasRooms = (json: unknown): boolean => listedIds({ json } as Parameters<typeof listedIds>[0]).length > 0;
