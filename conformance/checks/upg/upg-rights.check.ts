import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { expectError, expectThat } from '../../lib/match.ts';
import { expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';
import { upgrade, upgradePath, upgradeTemplate } from '../../lib/upgrades.ts';

const upgrading = answering(200, { replacement_room: '!altered:example.org' });

// Only who may close the old room can move it, and only to a version there is.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3roomsroomidupgrade
export const check = conformanceCheck({
  meta: {
    id: 'conformance.upg.upg-rights',
    title: 'Einen Raum umziehen kann nur, wer darf, und nur in eine Raumversion, die es gibt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3roomsroomidupgrade'),
  },
  counterexamples: [
    {
      title: 'Jedes Mitglied zieht den Raum um',
      defect: { when: { path: upgradeTemplate }, alter: onlyNth(1, upgrading) },
      expectFinding: 'moved-without-right',
    },
    {
      title: 'Eine unbekannte Raumversion wird angenommen',
      defect: { when: { path: upgradeTemplate }, alter: onlyNth(2, upgrading) },
      expectFinding: 'unknown-version',
    },
    {
      title: 'Ein Raum, den es nicht gibt, zieht um',
      defect: { when: { path: upgradeTemplate }, alter: onlyNth(3, upgrading) },
      expectFinding: 'unknown-room',
    },
    {
      title: 'Auch wer darf, kann den Raum nicht umziehen',
      defect: { when: { path: upgradeTemplate }, alter: onlyNth(4, forbidding) },
      expectFinding: 'move-refused',
    },
  ],
  async run({ request, user, room, join, random, target }) {
    const [alice, bob] = [await user('alice'), await user('bob')];
    const { from, to } = await upgradePath(request, alice);
    const roomId = await room(alice, { preset: 'private_chat', room_version: from });
    await join(roomId, alice, bob);
    const powerless = await upgrade(request, bob, roomId, to);
    const unknown = await upgrade(request, alice, roomId, 'de.pruefstand.unbekannt');
    const nowhere = await upgrade(request, alice, `!${random.word(18)}:${target.serverName}`, to);
    const entitled = await upgrade(request, alice, roomId, to);
    return outcomeOf(
      [
        ...expectForbidden(powerless, {
          code: 'moved-without-right',
          title: 'Ein Mitglied ohne Rechte kann den Raum umziehen',
        }),
        ...expectError(
          unknown,
          { status: 400, errcode: 'M_UNSUPPORTED_ROOM_VERSION' },
          { code: 'unknown-version', title: 'Eine unbekannte Raumversion wird beim Umzug nicht abgelehnt' },
        ),
        // Whether a room exists a server may keep from those who are not in it.
        ...expectThat(nowhere, nowhere.status === 404 || nowhere.status === 403, {
          code: 'unknown-room',
          title: 'Der Umzug eines Raums, den es nicht gibt, wird nicht abgelehnt',
          expected: 'Status 404 oder 403',
          observed: `Status ${nowhere.status}`,
        }),
        ...expectAllowed(entitled, { code: 'move-refused', title: 'Wer das Recht hat, kann den Raum nicht umziehen' }),
      ],
      'Ohne Recht 403, unbekannte Version 400, kein Raum abgelehnt, mit Recht 200',
    );
  },
});
