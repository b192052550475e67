import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { expectEqual } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { acceptingEvent, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';
import { changeLevels, getState, setState } from '../../lib/state-requests.ts';

const eventType = 'm.room.server_acl';
const path = /\/state\/m\.room\.server_acl$/;
const content = { allow: ['*'], allow_ip_literals: false, deny: ['*.pruefstand.invalid'] };

// Which servers may take part in a room is decided only by who has the level for it.
// https://spec.matrix.org/v1.19/client-server-api/#mroomserver_acl
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.server-acl-state',
    title: 'Welche Server an einem Raum teilnehmen, bestimmt nur, wer die Rechtestufe dafür hat',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('mroomserver_acl'),
  },
  counterexamples: [
    {
      title: 'Jedes Mitglied schließt Server aus',
      defect: { when: { method: 'PUT', path }, alter: onlyNth(1, acceptingEvent) },
      expectFinding: 'set-without-right',
    },
    {
      title: 'Auch wer darf, kann keine Server ausschließen',
      defect: { when: { method: 'PUT', path }, alter: onlyNth(2, forbidding) },
      expectFinding: 'set-refused',
    },
    {
      title: 'Die Regel steht anders da als gesetzt',
      defect: { when: { method: 'GET', path }, alter: setting(['deny'], []) },
      expectFinding: 'rule-differs',
    },
  ],
  async run({ request, user, room, join }) {
    const [alice, bob] = [await user('alice'), await user('bob')];
    const roomId = await room(alice, { preset: 'private_chat' });
    await join(roomId, alice, bob);
    // Right for other state is not enough where this one asks for more.
    const changes = { state_default: 0, events: { [eventType]: 100 } };
    premise(await changeLevels(request, alice, roomId, changes));
    const key = { roomId, eventType };
    const powerless = await setState(request, bob, key, content);
    const entitled = await setState(request, alice, key, content);
    const read = await getState(request, bob, key);
    return outcomeOf(
      [
        ...expectForbidden(powerless, {
          code: 'set-without-right',
          title: 'Ein Mitglied ohne die Rechtestufe kann Server ausschließen',
        }),
        ...expectAllowed(entitled, {
          code: 'set-refused',
          title: 'Wer die Rechtestufe hat, kann keine Server ausschließen',
        }),
        ...expectEqual(
          read,
          { wanted: content, got: read.json },
          { code: 'rule-differs', title: 'Die Regel für Server steht anders da als gesetzt' },
        ),
      ],
      'Ohne die Stufe 403, mit ihr 200 und wie gesetzt lesbar',
    );
  },
});
