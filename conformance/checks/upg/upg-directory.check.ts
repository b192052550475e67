import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasFor, removeAlias, setAlias } from '../../lib/aliases.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { getState, setState } from '../../lib/state-requests.ts';
import type { Tools } from '../../lib/tools.ts';
import { upgraded, upgradePath } from '../../lib/upgrades.ts';

const listTemplate = '/_matrix/client/v3/directory/list/room/{roomId}';

// Whoever looks for the room finds the new one. Of this the specification only says that state may be transferred.
// https://spec.matrix.org/v1.19/client-server-api/#room-upgrades
export const check = conformanceCheck({
  meta: {
    id: 'conformance.upg.upg-directory',
    title: 'Beim Umzug gehen Hauptadresse und Eintrag im Verzeichnis auf den neuen Raum über',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-upgrades'),
    standing: 'informative',
    rows: ['upg-aliases'],
  },
  counterexamples: [
    {
      title: 'Der neue Raum nennt die Adresse nicht',
      defect: {
        when: { path: /\/state\/m\.room\.canonical_alias$/ },
        alter: setting(['alias'], '#andere:example.org'),
      },
      expectFinding: 'alias-not-named',
    },
    {
      title: 'Der neue Raum steht nicht im Verzeichnis',
      defect: { when: { method: 'GET', path: listTemplate }, alter: onlyNth(1, setting(['visibility'], 'private')) },
      expectFinding: 'listing-differs',
    },
    {
      title: 'Der alte Raum steht noch im Verzeichnis',
      defect: { when: { method: 'GET', path: listTemplate }, alter: onlyNth(2, setting(['visibility'], 'public')) },
      expectFinding: 'listing-differs',
    },
  ],
  async run(tools) {
    const { request, user, room } = tools;
    const alice = await user('alice');
    const { from, to } = await upgradePath(request, alice);
    const old = await room(alice, { preset: 'private_chat', room_version: from });
    const alias = aliasFor(tools, old);
    const roomIds = [old];
    try {
      premise(await setAlias(request, alice, { roomAlias: alias, roomId: old }));
      premise(await setState(request, alice, { roomId: old, eventType: 'm.room.canonical_alias' }, { alias }));
      premise(await publish(tools, alice, old, 'public'));
      const successor = await upgraded(request, alice, old, to);
      roomIds.push(successor);
      const named = await getState(request, alice, { roomId: successor, eventType: 'm.room.canonical_alias' });
      const listed = (roomId: string) => request('GET', listTemplate, { params: { roomId }, session: alice });
      const [newListing, oldListing] = [await listed(successor), await listed(old)];
      return outcomeOf(
        [
          ...expectEqual(
            named,
            { wanted: alias, got: stringAt(named.json, ['alias']) },
            { code: 'alias-not-named', title: 'Der neue Raum nennt die Adresse nicht als seine' },
          ),
          ...[
            { answer: newListing, wanted: 'public', which: 'neue' },
            { answer: oldListing, wanted: 'private', which: 'alte' },
          ].flatMap(({ answer, wanted, which }) =>
            expectEqual(
              answer,
              { wanted, got: stringAt(answer.json, ['visibility']) },
              { code: 'listing-differs', title: `Der ${which} Raum steht nach dem Umzug falsch im Verzeichnis` },
            ),
          ),
        ],
        'Hauptadresse und Verzeichniseintrag beim neuen Raum, der alte nicht mehr verzeichnet',
      );
    } finally {
      await removeAlias(request, alice, alias);
      for (const roomId of roomIds) await publish(tools, alice, roomId, 'private');
    }
  },
});

function publish({ request }: Tools, session: Session, roomId: string, visibility: 'public' | 'private') {
  return request('PUT', listTemplate, { params: { roomId }, session, body: { visibility } });
}
