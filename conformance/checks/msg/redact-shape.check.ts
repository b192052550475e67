import type { Session } from '../../../core/model/bench.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { changingList } from '../../lib/event-defects.ts';
import { membersOf } from '../../lib/join-rules.ts';
import { objectAt, stringAt, valueAt, withoutValueAt, withValueAt } from '../../lib/json.ts';
import { type Claim, expectEqual, type Findings } from '../../lib/match.ts';
import { membershipSteps } from '../../lib/membership.ts';
import { settlingMs } from '../../lib/poll.ts';
import { PremiseError, premise, premiseString } from '../../lib/premise.ts';
import { chunkOf, latestMessages, messagesTemplate, readMessages, redact, sendEvent } from '../../lib/room-events.ts';
import { roomVersions } from '../../lib/room-versions.ts';
import type { Tools } from '../../lib/tools.ts';
import { redactedContent } from '../../peer/redacted-content.ts';

const claims = {
  kept: { code: 'kept-differs', title: 'Nach dem Löschen bleiben nicht genau die geschützten Angaben übrig' },
  because: { code: 'redaction-unnamed', title: 'Ein gelöschtes Ereignis nennt nicht, wodurch es gelöscht wurde' },
  essence: { code: 'essence-lost', title: 'Ein gelöschtes Ereignis verliert Absender, Art oder Kennung' },
};

/** Not the first event of a room, which some servers let nobody delete, and not m.room.aliases, which some show nobody. */
const types = [
  'm.room.power_levels',
  'm.room.join_rules',
  'm.room.history_visibility',
  'm.room.topic',
  'm.room.member',
  'm.room.message',
] as const;

const redactedIn = (type: string, change: (event: unknown) => unknown) =>
  changingList(['chunk'], (events) =>
    events.map((event) => (valueAt(event, ['type']) === type && isRedacted(event) ? change(event) : event)),
  );

// What keeps a room working survives a deletion, everything else goes: in every version as its own rules have it.
// https://spec.matrix.org/v1.19/rooms/v12/#redactions
export const check = conformanceCheck({
  meta: {
    id: 'conformance.msg.redact-shape',
    title: 'Von gelöschten Ereignissen bleibt in jeder Raumversion genau, was der Raum zum Bestehen braucht',
    requirements: ['KO-05', 'DS-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('redactions'),
  },
  counterexamples: [
    {
      title: 'Der Inhalt bleibt',
      defect: {
        when: { path: messagesTemplate },
        alter: redactedIn('m.room.topic', (event) => withValueAt(event, ['content', 'topic'], 'noch da')),
      },
      expectFinding: claims.kept.code,
    },
    {
      title: 'Mit dem Löschen der Rechtestufen verschwinden die Stufen der Personen',
      defect: {
        when: { path: messagesTemplate },
        alter: redactedIn('m.room.power_levels', (event) => withoutValueAt(event, ['content', 'users'])),
      },
      expectFinding: claims.kept.code,
    },
    {
      title: 'Die Löschung wird nicht genannt',
      defect: {
        when: { path: messagesTemplate },
        alter: redactedIn('m.room.message', (event) => withValueAt(event, ['unsigned', 'redacted_because'], {})),
      },
      expectFinding: claims.because.code,
    },
    {
      title: 'Der Absender ist ein anderer',
      defect: {
        when: { path: messagesTemplate },
        alter: redactedIn('m.room.member', (event) => withValueAt(event, ['sender'], '@fremd:example.org')),
      },
      expectFinding: claims.essence.code,
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const offered = (await roomVersions(tools.request, alice)).offered.filter((version) => /^\d+$/.test(version));
    if (offered.length === 0) return inconclusive('Der Server nennt keine Raumversion.');
    const allowed = await tools.room(alice, { preset: 'public_chat' });
    premise(await membershipSteps(tools.request).join(bob, allowed));
    const findings: Findings[] = [];
    for (const version of offered) findings.push(await versionFindings(tools, { version, alice, bob, allowed }));
    const observed = `Genau die geschützten Angaben bleiben, die Löschung wird genannt: Raumversionen ${offered.join(', ')}`;
    return outcomeOf(findings.flat(), observed);
  },
});

interface Case {
  readonly version: string;
  readonly alice: Session;
  readonly bob: Session;
  /** Room whose members may join a restricted one. */
  readonly allowed: string;
}

async function versionFindings(tools: Tools, { version, alice, bob, allowed }: Case): Promise<Findings> {
  const { request, poll } = tools;
  const rules = Number(version);
  const roomId = await tools.room(alice, { ...roomOf(rules, allowed), room_version: version });
  premise(await membershipSteps(request).join(bob, roomId, 'geht verloren'));
  const message = { type: 'm.room.message', content: { msgtype: 'm.text', body: 'geht verloren' } };
  const eventId = await sendEvent(tools, bob, roomId, message);
  const whole = eventsOf(await latestMessages(tools, alice, { roomId, eventId }));
  const redactions = new Map<string, string>();
  for (const [id] of whole)
    redactions.set(id, premiseString(await redact(tools, alice, { roomId, eventId: id }), ['event_id']));
  const left = await poll({
    ask: async () => premise(await readMessages(request, alice, roomId, { dir: 'b', limit: '50' })),
    until: (answer) => [...eventsOf(answer)].every(([, event]) => isRedacted(event)),
    deadlineMs: settlingMs,
  });
  const redacted = eventsOf(left);
  return [...whole].flatMap(([id, event]) =>
    shapeFindings(left, { event, left: redacted.get(id), redaction: redactions.get(id), by: alice, rules }),
  );
}

/** Every kind of state that has rules of its own, with something in each that they do not keep. */
function roomOf(rules: number, allowed: string) {
  const hinweis = 'geht verloren';
  const state = {
    'm.room.join_rules': { join_rule: rules < 8 ? 'public' : 'restricted', allow: membersOf(allowed), hinweis },
    'm.room.history_visibility': { history_visibility: 'shared', hinweis },
    'm.room.topic': { topic: hinweis },
  };
  return {
    preset: 'private_chat',
    power_level_content_override: { invite: 0, notifications: { room: 60 } },
    initial_state: Object.entries(state).map(([type, content]) => ({ type, content, state_key: '' })),
  };
}

/** The newest of each type, by id: the member is the one who came last. */
function eventsOf(answer: Answer): ReadonlyMap<string, unknown> {
  return new Map(
    types.map((type) => {
      const event = chunkOf(answer).find((one) => valueAt(one, ['type']) === type);
      if (event === undefined) throw new PremiseError(`Vorbedingung nicht erreicht: Im Verlauf fehlt ${type}.`);
      return [String(valueAt(event, ['event_id'])), event];
    }),
  );
}

interface Redacted {
  readonly event: unknown;
  readonly left: unknown;
  readonly redaction: string | undefined;
  readonly by: Session;
  readonly rules: number;
}

function shapeFindings(answer: Answer, { event, left, redaction, by, rules }: Redacted): Findings {
  const type = String(valueAt(event, ['type']));
  const because = (...path: string[]) => stringAt(left, ['unsigned', 'redacted_because', ...path]);
  // Its place depends on the version of the room.
  const target = because('content', 'redacts') ?? because('redacts');
  const essence = (of: unknown) =>
    ['type', 'state_key', 'sender', 'event_id', 'room_id'].map((key) => valueAt(of, [key]) ?? null);
  const kept = {
    wanted: redactedContent(type, objectAt(event, ['content']), rules),
    got: valueAt(left, ['content']),
  };
  const named = {
    wanted: [redaction, by.userId, 'm.room.redaction', valueAt(event, ['event_id'])],
    got: [because('event_id'), because('sender'), because('type'), target],
  };
  return [
    ...expectEqual(answer, kept, inVersion(claims.kept, rules)),
    ...expectEqual(answer, named, claims.because),
    ...expectEqual(answer, { wanted: essence(event), got: essence(left) }, claims.essence),
  ];
}

const inVersion = ({ code, title }: Claim, rules: number): Claim => ({ code, title: `Raumversion ${rules}: ${title}` });

const isRedacted = (event: unknown): boolean => valueAt(event, ['unsigned', 'redacted_because']) !== undefined;
