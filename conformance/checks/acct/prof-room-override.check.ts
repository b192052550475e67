import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat, shown } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { readField } from '../../lib/profile.ts';

const memberTemplate = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}';
const namePath = '/_matrix/client/v3/profile/{userId}/displayname';

// A name chosen for one room stays in that room.
// https://spec.matrix.org/v1.19/client-server-api/#mroommember
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acct.prof-room-override',
    title: 'Ein Name, der nur für einen Raum gewählt wurde, gilt nur dort',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('mroommember'),
  },
  counterexamples: [
    {
      title: 'Der Name geht in seinem Raum verloren',
      defect: {
        when: { method: 'GET', path: memberTemplate },
        alter: onlyNth(2, setting(['displayname'], 'Anderer Name')),
      },
      expectFinding: 'override-lost',
    },
    {
      title: 'Der Name erscheint auch in einem anderen Raum',
      defect: {
        when: { method: 'GET', path: memberTemplate },
        alter: onlyNth(3, (answer, seen) =>
          setting(['displayname'], valueAt(seen.earlier[1]?.json, ['displayname']))(answer, seen),
        ),
      },
      expectFinding: 'override-spread',
    },
    {
      title: 'Der Name wird zum Namen im Profil',
      defect: {
        when: { method: 'GET', path: namePath },
        alter: (answer, seen) => setting(['displayname'], 'Nur hier')({ ...answer, status: 200 }, seen),
      },
      expectFinding: 'override-global',
    },
  ],
  async run({ request, user, room, random }) {
    const session = await user('override');
    const chosen = await room(session);
    const other = await room(session);
    const name = `Nur hier ${random.word(8)}`;
    const at = (roomId: string) => ({
      params: { roomId, eventType: 'm.room.member', stateKey: session.userId },
      session,
    });
    const { json } = premise(await request('GET', memberTemplate, at(chosen)));
    const body = Object.assign({}, json, { membership: 'join', displayname: name });
    premise(await request('PUT', memberTemplate, { ...at(chosen), body }));
    const here = await request('GET', memberTemplate, at(chosen));
    const there = premise(await request('GET', memberTemplate, at(other)));
    const profile = await readField(request, session, session.userId, 'displayname');
    const elsewhere = valueAt(there.json, ['displayname']);
    const general = valueAt(profile.json, ['displayname']);
    return outcomeOf(
      [
        ...expectEqual(
          here,
          { wanted: name, got: valueAt(here.json, ['displayname']) },
          { code: 'override-lost', title: 'Ein für den Raum gewählter Name gilt dort nicht' },
        ),
        ...expectThat(there, elsewhere !== name, {
          code: 'override-spread',
          title: 'Ein für einen Raum gewählter Name gilt auch in einem anderen',
          expected: 'der Name des Profils',
          observed: shown(elsewhere),
        }),
        ...expectThat(profile, general !== name && !String(general).startsWith('Nur hier'), {
          code: 'override-global',
          title: 'Ein für einen Raum gewählter Name wird zum Namen im Profil',
          expected: 'ein unverändertes Profil',
          observed: shown(general),
        }),
      ],
      'Der Name gilt im gewählten Raum, nicht im anderen und nicht im Profil',
    );
  },
});
