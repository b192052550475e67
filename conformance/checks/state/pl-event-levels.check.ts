import type { Session } from '../../../core/model/bench.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import type { Findings } from '../../lib/match.ts';
import { banTemplate, inviteTemplate, kickTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { acceptingEvent, allowing, expectAllowed, expectForbidden, forbidding } from '../../lib/refusals.ts';
import { readEvent, redactTemplate } from '../../lib/room-events.ts';
import { changeLevels, setState } from '../../lib/state-requests.ts';
import { probeType, sendTemplate, type Tools } from '../../lib/tools.ts';

const namedState = `${probeType}.named`;

// Every kind of action has a level of its own, each higher than the one before, so that one step of a member opens exactly one.
// https://spec.matrix.org/v1.19/client-server-api/#mroompower_levels
export const check = conformanceCheck({
  meta: {
    id: 'conformance.state.pl-event-levels',
    title: 'Jede Art von Handlung im Raum richtet sich nach der Rechtestufe, die für sie gilt',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('mroompower_levels'),
  },
  counterexamples: [
    {
      title: 'Senden darf jeder',
      // The first sending is that of the event to be redacted.
      defect: { when: { path: sendTemplate }, alter: onlyNth(2, acceptingEvent) },
      expectFinding: 'events_default-ignored',
    },
    {
      title: 'Einladen darf niemand',
      defect: { when: { path: inviteTemplate }, alter: onlyNth(3, forbidding) },
      expectFinding: 'invite-ignored',
    },
    {
      title: 'Hinauswerfen darf jeder',
      defect: { when: { path: kickTemplate }, alter: onlyNth(1, allowing) },
      expectFinding: 'kick-ignored',
    },
    {
      title: 'Verbannen darf jeder',
      defect: { when: { path: banTemplate }, alter: onlyNth(1, allowing) },
      expectFinding: 'ban-ignored',
    },
    {
      title: 'Fremdes schwärzen darf niemand',
      defect: { when: { path: redactTemplate }, alter: forbidding },
      expectFinding: 'redact-ignored',
    },
    {
      title: 'Zustand setzen darf jeder',
      defect: { when: { path: /\/state\/de\.pruefstand\.probe$/ }, alter: onlyNth(1, acceptingEvent) },
      expectFinding: 'state_default-ignored',
    },
    {
      title: 'Die Stufe für eine bestimmte Art von Ereignis gilt nicht',
      defect: { when: { path: /\/state\/de\.pruefstand\.probe\.named$/ }, alter: onlyNth(1, acceptingEvent) },
      expectFinding: 'events-ignored',
    },
  ],
  async run(tools) {
    const [alice, bob, carol] = [await tools.user('alice'), await tools.user('bob'), await tools.user('carol')];
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    await tools.join(roomId, alice, bob);
    const foreign = await tools.sendProbe(alice, roomId);
    const actions = actionsOf(tools, { roomId, bob, carol, alice, foreign });
    const gates = Object.fromEntries(actions.map(({ gate }, index) => [gate, levelAt(index)]));
    const { events, ...others } = gates;
    premise(await changeLevels(tools.request, alice, roomId, { ...others, events: { [namedState]: events } }));
    const findings: Finding[] = [];
    for (const [index, action] of actions.entries()) {
      findings.push(...(await attempt(action, false)));
      const users = { [bob.userId]: levelAt(index) };
      premise(await changeLevels(tools.request, alice, roomId, { users }));
      findings.push(...(await attempt(action, true)));
    }
    return outcomeOf(
      findings,
      `Unter ihrer Stufe verweigert, ab ihr erlaubt: ${actions.map(({ what }) => what).join(', ')}`,
    );
  },
});

const levelAt = (index: number): number => 10 * (index + 1);

interface Action {
  /** The key of the power levels that gates it. */
  readonly gate: string;
  readonly what: string;
  act(): Promise<Answer>;
  /** Whether an answer that permits it had no effect. */
  isWithoutEffect?(answer: Answer): Promise<boolean>;
}

interface Situation {
  readonly roomId: string;
  readonly alice: Session;
  /** Acts. */
  readonly bob: Session;
  /** Is acted upon. */
  readonly carol: Session;
  /** An event of somebody else. */
  readonly foreign: string;
}

function actionsOf({ request, random }: Tools, { roomId, alice, bob, carol, foreign }: Situation): readonly Action[] {
  const { invite, kick, ban } = membershipSteps(request);
  const content = () => ({ probe: random.word(16) });
  const state = (eventType: string) => setState(request, bob, { roomId, eventType }, content());
  const send = () =>
    request('PUT', sendTemplate, {
      params: { roomId, eventType: probeType, txnId: random.word(12) },
      session: bob,
      body: content(),
    });
  const redact = () =>
    request('PUT', redactTemplate, {
      params: { roomId, eventId: foreign, txnId: random.word(12) },
      session: bob,
      body: {},
    });
  // A server may take the redaction and not apply it.
  const isKept = async ({ status }: Answer) => {
    if (status !== 200) return false;
    const { json } = await readEvent(request, alice, roomId, foreign);
    return stringAt(json, ['content', 'probe']) !== undefined;
  };
  return [
    { gate: 'events_default', what: 'senden', act: send },
    { gate: 'invite', what: 'einladen', act: () => invite(bob, roomId, carol) },
    { gate: 'kick', what: 'hinauswerfen', act: () => kick(bob, roomId, carol) },
    { gate: 'ban', what: 'verbannen', act: () => ban(bob, roomId, carol) },
    { gate: 'redact', what: 'Fremdes schwärzen', act: redact, isWithoutEffect: isKept },
    { gate: 'state_default', what: 'Zustand setzen', act: () => state(probeType) },
    { gate: 'events', what: 'bestimmten Zustand setzen', act: () => state(namedState) },
  ];
}

async function attempt({ gate, what, act, isWithoutEffect }: Action, wanted: boolean): Promise<Findings> {
  const answer = await act();
  const claim = { code: `${gate}-ignored`, title: `Die Rechtestufe für »${what}« gilt nicht` };
  if (wanted) return expectAllowed(answer, claim);
  return (await isWithoutEffect?.(answer)) ? [] : expectForbidden(answer, claim);
}
