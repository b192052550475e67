import { outcomeOf } from '../../../core/model/outcome.ts';
import { aliasFor, removeAlias, setAlias } from '../../lib/aliases.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, removing, setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { type Claim, expectEqual, expectError, type Findings } from '../../lib/match.ts';
import {
  expectMembership,
  joinByAliasTemplate,
  membershipAs,
  membershipSteps,
  membershipTemplate,
} from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowingInto } from '../../lib/refusals.ts';

// A room is joined by its id or by its address; the reason given is kept for the others.
// https://spec.matrix.org/v1.19/client-server-api/#joining-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.join-id-alias',
    title: 'Räumen tritt man über ihre Kennung oder ihre Adresse bei, mit einer Begründung für die anderen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('joining-rooms'),
  },
  counterexamples: [
    {
      title: 'Die Adresse führt in einen anderen Raum',
      defect: { when: { path: joinByAliasTemplate }, alter: setting(['room_id'], '!anderer:example.org') },
      expectFinding: 'other-room-joined',
    },
    {
      title: 'Der Beitritt geht verloren',
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'leave') },
      expectFinding: 'not-joined',
    },
    {
      title: 'Die Begründung geht verloren',
      defect: { when: { path: membershipTemplate }, alter: removing(['reason']) },
      expectFinding: 'reason-lost',
    },
    {
      title: 'Eine unbekannte Adresse gilt als Raum',
      defect: { when: { path: joinByAliasTemplate }, alter: onlyNth(2, allowingInto) },
      expectFinding: 'unknown-alias-joined',
    },
  ],
  async run(tools) {
    const { request, user, room, random } = tools;
    const { join, joinByAlias } = membershipSteps(request);
    const [alice, bob, carol] = [await user('alice'), await user('bob'), await user('carol')];
    const roomId = await room(alice, { preset: 'public_chat' });
    const alias = aliasFor(tools, roomId);
    premise(await setAlias(request, alice, { roomAlias: alias, roomId }));
    const reason = `Grund ${random.word(8)}`;
    const byId = await join(bob, roomId, reason);
    const byAlias = await joinByAlias(carol, alias, reason);
    const unknown = await joinByAlias(carol, aliasFor(tools, roomId, 'unbekannt'));
    await removeAlias(request, alice, alias);
    const whom = [bob, carol];
    const members = await Promise.all(
      whom.map((one) => membershipAs(tools, alice, { roomId, whom: one, wanted: 'join' })),
    );
    return outcomeOf(
      [
        ...[byId, byAlias].flatMap((answer) => roomFindings(answer, roomId)),
        ...members.flatMap((answer) => memberFindings(answer, reason)),
        ...expectError(unknown, { status: 404, errcode: 'M_NOT_FOUND' }, unknownAlias),
      ],
      'Beitritt über Kennung und Adresse, Begründung erhalten; unbekannte Adresse: 404',
    );
  },
});

const unknownAlias: Claim = {
  code: 'unknown-alias-joined',
  title: 'Eine unbekannte Adresse wird nicht als solche abgelehnt',
};

const roomFindings = (answer: Answer, roomId: string): Findings =>
  expectEqual(
    answer,
    { wanted: roomId, got: stringAt(answer.json, ['room_id']) },
    { code: 'other-room-joined', title: 'Der Beitritt nennt nicht den Raum, um den es ging' },
  );

const memberFindings = (answer: Answer, reason: string): Findings => [
  ...expectMembership(answer, 'join', { code: 'not-joined', title: 'Nach dem Beitritt gilt niemand als Mitglied' }),
  ...expectEqual(
    answer,
    { wanted: reason, got: stringAt(answer.json, ['reason']) },
    { code: 'reason-lost', title: 'Die Begründung des Beitritts fehlt' },
  ),
];
