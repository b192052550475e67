import { notApplicable, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { kickTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import {
  acceptingEvent,
  allowing,
  expectAllowed,
  expectForbidden,
  expectInvalidOrForbidden,
  forbidding,
} from '../../lib/refusals.ts';
import { roomVersions } from '../../lib/room-versions.ts';
import { changeLevels, setState } from '../../lib/state-requests.ts';
import { probeType } from '../../lib/tools.ts';

const version = '12';
const highest = Number.MAX_SAFE_INTEGER;
const probePath = /\/state\/de\.pruefstand\.probe$/;
const levelsPath = /\/state\/m\.room\.power_levels$/;

// From room version 12 on whoever made the room stands above every level, together with those named beside them.
// https://spec.matrix.org/v1.19/rooms/v12/
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.pl-v12-creators',
    title: 'In Raumversion 12 stehen die Ersteller eines Raums über allen Rechtestufen',
    requirements: ['KO-05', 'SI-15'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('mroomcreate'),
  },
  counterexamples: [
    {
      title: 'Weitere Ersteller haben keine besonderen Rechte',
      defect: { when: { path: probePath }, alter: onlyNth(1, forbidding) },
      expectFinding: 'creator-limited',
    },
    {
      title: 'Mitglieder kommen über die höchste Stufe',
      defect: { when: { path: probePath }, alter: onlyNth(2, acceptingEvent) },
      expectFinding: 'member-above-highest',
    },
    {
      title: 'Ein Mitglied wirft eine Person hinaus, die den Raum mit angelegt hat',
      defect: { when: { path: kickTemplate }, alter: allowing },
      expectFinding: 'creator-kicked',
    },
    {
      title: 'Ersteller lassen sich mit einer Stufe aufführen',
      defect: { when: { method: 'PUT', path: levelsPath }, alter: onlyNth(2, acceptingEvent) },
      expectFinding: 'creator-listed',
    },
  ],
  async run({ request, user, room, join, random }) {
    const [alice, bob, carol] = [await user('alice'), await user('bob'), await user('carol')];
    if (!(await roomVersions(request, alice)).offered.includes(version))
      return notApplicable('Der Server bietet Raumversion 12 nicht an.');
    const creation_content = { additional_creators: [bob.userId] };
    const roomId = await room(alice, { preset: 'private_chat', room_version: version, creation_content });
    await join(roomId, alice, bob);
    await join(roomId, alice, carol);
    const changes = { users: { [carol.userId]: 100 }, events: { [probeType]: highest } };
    premise(await changeLevels(request, alice, roomId, changes));
    const key = { roomId, eventType: probeType };
    const creator = await setState(request, bob, key, { probe: random.word(16) });
    const member = await setState(request, carol, key, { probe: random.word(16) });
    const kicked = await membershipSteps(request).kick(carol, roomId, bob);
    const listed = [
      await changeLevels(request, alice, roomId, { users: { [alice.userId]: 100 } }),
      await changeLevels(request, alice, roomId, { users: { [bob.userId]: 100 } }),
    ];
    return outcomeOf(
      [
        ...expectAllowed(creator, {
          code: 'creator-limited',
          title: 'Für weitere Ersteller eines Raums gelten die Rechtestufen',
        }),
        ...expectForbidden(member, {
          code: 'member-above-highest',
          title: 'Ein Mitglied handelt über seiner Rechtestufe',
        }),
        ...expectForbidden(kicked, {
          code: 'creator-kicked',
          title: 'Ein Mitglied kann eine Person hinauswerfen, die den Raum mit angelegt hat',
        }),
        ...listed.flatMap((answer) =>
          expectInvalidOrForbidden(answer, {
            code: 'creator-listed',
            title: 'Ersteller eines Raums erhalten eine Rechtestufe',
          }),
        ),
      ],
      'Ersteller über der höchsten Stufe, nicht hinauszuwerfen und nicht aufzuführen',
    );
  },
});
