import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectEqual, type Findings } from '../../lib/match.ts';
import { inviteTemplate, membershipSteps } from '../../lib/membership.ts';
import { acceptingEvent, allowing, expectForbidden } from '../../lib/refusals.ts';
import { readState, stateTemplate, stateValue } from '../../lib/room-state.ts';
import { changingState } from '../../lib/state-defects.ts';
import { getState } from '../../lib/state-requests.ts';
import { probeType, sendTemplate } from '../../lib/tools.ts';
import { upgraded, upgradePath } from '../../lib/upgrades.ts';

const tombstonePath = /\/state\/m\.room\.tombstone$/;

// The old room points to the new one and falls silent, the new one points back.
// https://spec.matrix.org/v1.19/client-server-api/#room-upgrades
export const check = conformanceCheck({
  meta: {
    id: 'conformance.upg.upg-new',
    title: 'Beim Umzug in eine neue Raumversion verweisen alter und neuer Raum aufeinander, der alte verstummt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('room-upgrades'),
  },
  counterexamples: [
    {
      title: 'Der alte Raum verweist anderswohin',
      defect: { when: { path: tombstonePath }, alter: setting(['replacement_room'], '!anderer:example.org') },
      expectFinding: 'no-successor',
    },
    {
      title: 'Der neue Raum verweist anderswohin',
      defect: {
        when: { path: stateTemplate },
        alter: changingState('m.room.create', ['predecessor', 'room_id'], '!anderer:example.org'),
      },
      expectFinding: 'no-predecessor',
    },
    {
      title: 'Der neue Raum hat die alte Raumversion',
      defect: { when: { path: stateTemplate }, alter: changingState('m.room.create', ['room_version'], '1') },
      expectFinding: 'version-differs',
    },
    {
      title: 'Im alten Raum wird weiter geschrieben',
      defect: { when: { path: sendTemplate }, alter: acceptingEvent },
      expectFinding: 'old-still-open',
    },
    {
      title: 'In den alten Raum wird weiter eingeladen',
      defect: {
        when: { path: inviteTemplate },
        alter: (answer, seen) => (answer.status === 403 ? allowing(answer, seen) : answer),
      },
      expectFinding: 'old-still-open',
    },
  ],
  async run({ request, user, room, join, random }) {
    const [alice, bob, carol] = [await user('alice'), await user('bob'), await user('carol')];
    const { from, to } = await upgradePath(request, alice);
    const old = await room(alice, { preset: 'private_chat', room_version: from });
    await join(old, alice, bob);
    const successor = await upgraded(request, alice, old, to);
    const tombstone = await getState(request, bob, { roomId: old, eventType: 'm.room.tombstone' });
    const state = await readState(request, alice, successor);
    const params = { roomId: old, eventType: probeType, txnId: random.word(12) };
    const sent = await request('PUT', sendTemplate, { params, session: bob, body: { probe: random.word(16) } });
    const invited = await membershipSteps(request).invite(bob, old, carol);
    return outcomeOf(
      [
        ...expectEqual(
          tombstone,
          { wanted: successor, got: stringAt(tombstone.json, ['replacement_room']) },
          { code: 'no-successor', title: 'Der alte Raum verweist nicht auf den neuen' },
        ),
        ...successorFindings(state, { old, version: to }),
        ...[sent, invited].flatMap((answer) =>
          expectForbidden(answer, {
            code: 'old-still-open',
            title: 'Gewöhnliche Mitglieder können im alten Raum weiter schreiben oder einladen',
          }),
        ),
      ],
      `Von Version ${from} nach ${to}: Verweise in beide Richtungen, der alte Raum verstummt`,
    );
  },
});

const successorFindings = (
  state: Answer,
  { old, version }: { readonly old: string; readonly version: string },
): Findings => [
  ...expectEqual(
    state,
    { wanted: old, got: stateValue(state.json, 'm.room.create', ['predecessor', 'room_id']) },
    { code: 'no-predecessor', title: 'Der neue Raum verweist nicht auf den alten' },
  ),
  ...expectEqual(
    state,
    { wanted: version, got: stateValue(state.json, 'm.room.create', ['room_version']) ?? '1' },
    { code: 'version-differs', title: 'Der neue Raum hat nicht die verlangte Raumversion' },
  ),
];
