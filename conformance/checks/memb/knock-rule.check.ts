import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { withJoinRule } from '../../lib/join-rules.ts';
import { expectError } from '../../lib/match.ts';
import { knockTemplate, membershipSteps } from '../../lib/membership.ts';
import { allowingInto, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';

// Knocking is possible only where the room wants it.
// https://spec.matrix.org/v1.19/client-server-api/#knocking-on-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.knock-rule',
    title: 'Anklopfen kann man nur an Räumen, die es zulassen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('knocking-on-rooms'),
  },
  counterexamples: [
    {
      title: 'Man kann an einem Raum auf Einladung anklopfen',
      defect: { when: { path: knockTemplate }, alter: onlyNth(1, allowingInto) },
      expectFinding: 'knocked-on-private',
    },
    {
      title: 'Man kann an einem öffentlichen Raum anklopfen',
      defect: { when: { path: knockTemplate }, alter: onlyNth(2, allowingInto) },
      expectFinding: 'knocked-on-public',
    },
    {
      title: 'Anklopfen geht nirgends',
      defect: { when: { path: knockTemplate }, alter: forbidding },
      expectFinding: 'knock-refused',
    },
    {
      title: 'Ein unbekannter Raum nimmt das Anklopfen an',
      defect: { when: { path: knockTemplate }, alter: onlyNth(4, allowingInto) },
      expectFinding: 'knocked-on-nothing',
    },
  ],
  async run({ request, user, room, random, target }) {
    const { knock } = membershipSteps(request);
    const [alice, bob] = [await user('alice'), await user('bob')];
    const onPrivate = await knock(bob, await room(alice, { preset: 'private_chat' }));
    const onPublic = await knock(bob, await room(alice, { preset: 'public_chat' }));
    const onOpen = await knock(bob, await room(alice, withJoinRule({ join_rule: 'knock' })));
    const onNothing = await knock(bob, `#pruefstand-${random.word(16)}:${target.serverName}`);
    return outcomeOf(
      [
        ...expectForbidden(onPrivate, {
          code: 'knocked-on-private',
          title: 'An einem Raum auf Einladung kann man anklopfen',
        }),
        ...expectForbidden(onPublic, {
          code: 'knocked-on-public',
          title: 'An einem öffentlichen Raum kann man anklopfen',
        }),
        ...expectAllowed(onOpen, {
          code: 'knock-refused',
          title: 'An einem Raum, der es zulässt, kann man nicht anklopfen',
        }),
        ...expectError(
          onNothing,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'knocked-on-nothing', title: 'Das Anklopfen an einer unbekannten Adresse wird nicht abgelehnt' },
        ),
      ],
      'Nur wo die Regel es zulässt: 200; sonst 403, unbekannt 404',
    );
  },
});
