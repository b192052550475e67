import type { Session } from '../../../core/model/bench.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { withJoinRule } from '../../lib/join-rules.ts';
import { objectAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual, expectThat } from '../../lib/match.ts';
import {
  expectMembership,
  kickTemplate,
  knockTemplate,
  membershipAs,
  membershipSteps,
  membershipTemplate,
} from '../../lib/membership.ts';
import { expectAllowed, forbidding } from '../../lib/refusals.ts';
import { timelineOf } from '../../lib/sync.ts';
import { changingRooms, hidingRooms } from '../../lib/sync-defects.ts';
import { inlineFilter, roomsOnly } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const syncPath = '/_matrix/client/v3/sync';
const deadlineMs = 5_000;
const query = inlineFilter(roomsOnly);

// Knocking, taking it back, being turned away, being let in: every step is done, and both sides see it.
// https://spec.matrix.org/v1.19/client-server-api/#knocking-on-rooms
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.knock-flow',
    title: 'Anklopfen, zurückziehen, abweisen und einlassen funktionieren und sind für beide Seiten sichtbar',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('knocking-on-rooms'),
  },
  counterexamples: [
    {
      title: 'Das wiederholte Anklopfen wird verweigert',
      defect: { when: { path: knockTemplate }, alter: onlyNth(2, forbidding) },
      expectFinding: 'step-refused',
    },
    {
      title: 'Wer eingelassen werden will, kann nicht abgewiesen werden',
      defect: { when: { path: kickTemplate }, alter: forbidding },
      expectFinding: 'step-refused',
    },
    {
      title: 'Das Einlassen hinterlässt keine Spur',
      defect: {
        when: { path: membershipTemplate },
        alter: (answer, seen) =>
          stringAt(answer.json, ['membership']) === 'invite' ? setting(['membership'], 'leave')(answer, seen) : answer,
      },
      expectFinding: 'step-without-effect',
    },
    {
      title: 'Die Begründung geht verloren',
      defect: { when: { path: membershipTemplate }, alter: setting(['reason'], 'anders') },
      expectFinding: 'reason-lost',
    },
    {
      title: 'Mitglieder erfahren nichts vom Anklopfen',
      defect: { when: { path: syncPath }, alter: changingRooms('join', setEmptyTimeline) },
      expectFinding: 'members-not-told',
    },
    {
      title: 'Wer anklopft, sieht den Raum nicht',
      defect: { when: { path: syncPath }, alter: hidingRooms('knock') },
      expectFinding: 'knocker-not-told',
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const roomId = await tools.room(alice, withJoinRule({ join_rule: 'knock' }));
    const { knock, kick, leave, invite, join } = membershipSteps(tools.request);
    const reason = `Grund ${tools.random.word(8)}`;
    const start = await tools.waitForSync(alice, { query, until: () => true, deadlineMs });
    const first = await after(tools, { roomId, alice, bob, wanted: 'knock' }, () => knock(bob, roomId, reason));
    const seen = await shownToBoth(tools, { roomId, alice, bob, since: start.nextBatch });
    const steps = [
      { wanted: 'knock', ask: () => knock(bob, roomId) },
      { wanted: 'leave', ask: () => leave(bob, roomId) },
      { wanted: 'knock', ask: () => knock(bob, roomId) },
      { wanted: 'leave', ask: () => kick(alice, roomId, bob) },
      { wanted: 'knock', ask: () => knock(bob, roomId) },
      { wanted: 'invite', ask: () => invite(alice, roomId, bob) },
      { wanted: 'join', ask: () => join(bob, roomId) },
    ];
    const findings: Finding[] = [...first.findings, ...reasonFindings(first.member, reason), ...seen];
    for (const { wanted, ask } of steps)
      findings.push(...(await after(tools, { roomId, alice, bob, wanted }, ask)).findings);
    return outcomeOf(findings, 'Angeklopft, zurückgezogen, abgewiesen, eingelassen; beide Seiten sahen es');
  },
});

interface Situation {
  readonly roomId: string;
  readonly alice: Session;
  readonly bob: Session;
}

async function after(
  tools: Tools,
  { roomId, alice, bob, wanted }: Situation & { readonly wanted: string },
  ask: () => Promise<Answer>,
) {
  const answer = await ask();
  const member = await membershipAs(tools, alice, { roomId, whom: bob, wanted });
  const findings = [
    ...expectAllowed(answer, { code: 'step-refused', title: 'Ein Schritt des Anklopfens wird verweigert' }),
    ...expectMembership(member, wanted, {
      code: 'step-without-effect',
      title: 'Ein Schritt des Anklopfens bleibt ohne Wirkung',
    }),
  ];
  return { member, findings };
}

const reasonFindings = (member: Answer, reason: string) =>
  expectEqual(
    member,
    { wanted: reason, got: stringAt(member.json, ['reason']) },
    { code: 'reason-lost', title: 'Die Begründung des Anklopfens fehlt' },
  );

async function shownToBoth(
  { waitForSync }: Tools,
  { roomId, alice, bob, since }: Situation & { readonly since: string | undefined },
) {
  const members = await waitForSync(alice, {
    query,
    ...(since !== undefined && { since }),
    until: (json) =>
      timelineOf(json, roomId).some(
        (event) =>
          valueAt(event, ['state_key']) === bob.userId && valueAt(event, ['content', 'membership']) === 'knock',
      ),
    deadlineMs,
  });
  const knocker = await waitForSync(bob, {
    query,
    until: (json) => Object.hasOwn(objectAt(json, ['rooms', 'knock']), roomId),
    deadlineMs,
  });
  return [
    ...expectThat(members.last, members.reached, {
      code: 'members-not-told',
      title: 'Mitglieder erfahren nicht, dass jemand anklopft',
      expected: 'das Anklopfen im Verlauf des Raums',
      observed: 'kein Anklopfen',
    }),
    ...expectThat(knocker.last, knocker.reached, {
      code: 'knocker-not-told',
      title: 'Wer anklopft, sieht den Raum nicht',
      expected: 'der Raum unter denen, an die angeklopft ist',
      observed: 'der Raum kommt nicht vor',
    }),
  ];
}

function setEmptyTimeline(room: unknown): unknown {
  return { ...objectAt(room, []), timeline: { ...objectAt(room, ['timeline']), events: [] } };
}
