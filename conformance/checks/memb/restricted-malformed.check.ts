import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { membersOf, withJoinRule } from '../../lib/join-rules.ts';
import { joinTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowingInto, expectAllowed, expectRefused, forbidding } from '../../lib/refusals.ts';
import { setState } from '../../lib/state-requests.ts';

const malformed = (roomId: string) => [
  { what: 'Text statt Liste', allow: roomId },
  { what: 'unbekannte Bedingung', allow: [{ type: 'de.pruefstand.unbekannt', room_id: roomId }] },
  { what: 'Bedingung ohne Raum', allow: [{ type: 'm.room_membership' }] },
  { what: 'Raum ohne Bedingung', allow: [{ room_id: roomId }] },
];

// A list of conditions that cannot be read opens the room to nobody.
// https://spec.matrix.org/v1.19/client-server-api/#restricted-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.restricted-malformed',
    title: 'Unlesbare Beitrittsbedingungen öffnen einen Raum niemandem außer Eingeladenen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('restricted-rooms'),
  },
  counterexamples: [
    {
      title: 'Ein Text statt der Liste öffnet den Raum',
      defect: { when: { path: joinTemplate }, alter: onlyNth(2, allowingInto) },
      expectFinding: 'opened',
    },
    {
      title: 'Ein Raum ohne Bedingung öffnet den Raum',
      defect: { when: { path: joinTemplate }, alter: onlyNth(5, allowingInto) },
      expectFinding: 'opened',
    },
    {
      title: 'Auch Eingeladene kommen nicht hinein',
      defect: { when: { path: joinTemplate }, alter: onlyNth(6, forbidding) },
      expectFinding: 'invited-refused',
    },
  ],
  async run({ request, user, room }) {
    const { join, invite } = membershipSteps(request);
    const [alice, bob] = [await user('alice'), await user('bob')];
    const other = await room(alice, { preset: 'public_chat' });
    premise(await join(bob, other));
    const roomId = await room(alice, withJoinRule({ join_rule: 'restricted', allow: [] }));
    const tried: string[] = [];
    const findings: Finding[] = [];
    for (const { what, allow } of malformed(other)) {
      const content = { join_rule: 'restricted', allow };
      const set = await setState(request, alice, { roomId, eventType: 'm.room.join_rules' }, content);
      // A server may refuse to take such a rule at all.
      if (set.status !== 200) continue;
      tried.push(what);
      const title = `Unlesbare Beitrittsbedingungen öffnen den Raum: ${what}`;
      findings.push(...expectRefused(await join(bob, roomId), { code: 'opened', title }));
    }
    if (tried.length === 0) return inconclusive('Der Server nimmt unlesbare Beitrittsbedingungen gar nicht erst an.');
    premise(await invite(alice, roomId, bob));
    findings.push(
      ...expectAllowed(await join(bob, roomId), {
        code: 'invited-refused',
        title: 'Unlesbare Beitrittsbedingungen sperren auch Eingeladene aus',
      }),
    );
    // The room whose members are meant must be one the server does know them of.
    const proper = await room(alice, withJoinRule({ join_rule: 'restricted', allow: membersOf(other) }));
    premise(await join(bob, proper));
    return outcomeOf(findings, `Weiter nur auf Einladung bei: ${tried.join(', ')}`);
  },
});
