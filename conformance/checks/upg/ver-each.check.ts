import type { Session } from '../../../core/model/bench.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { onlyNth, setting } from '../../lib/defect.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../lib/json.ts';
import { expectEqual } from '../../lib/match.ts';
import { joinTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { expectAllowed, forbidding } from '../../lib/refusals.ts';
import { roomVersions } from '../../lib/room-versions.ts';
import { createRoom, probeType, type Tools } from '../../lib/tools.ts';

const createPath = '/_matrix/client/v3/createRoom';
const redactTemplate = '/_matrix/client/v3/rooms/{roomId}/redact/{eventId}/{txnId}';
const messagesPath = '/_matrix/client/v3/rooms/{roomId}/messages';

// For each version, so that all of them together end in time even when none shows it.
const historyMs = 1_000;

// A room version that a server offers can be worked with.
// https://spec.matrix.org/v1.19/client-server-api/#mroom_versions-capability
export const check = conformanceCheck({
  meta: {
    id: 'conformance.upg.ver-each',
    title: 'In jeder angebotenen Raumversion lassen sich Räume anlegen, betreten, beschreiben und nachlesen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 90_000,
    spec: clause('mroom_versions-capability'),
  },
  counterexamples: [
    {
      title: 'Eine angebotene Version lässt sich nicht anlegen',
      defect: { when: { path: createPath }, alter: onlyNth(3, forbidding) },
      expectFinding: 'not-created',
    },
    {
      title: 'Ein Raum einer angebotenen Version lässt niemanden ein',
      defect: { when: { path: joinTemplate }, alter: onlyNth(2, forbidding) },
      expectFinding: 'not-joined',
    },
    {
      title: 'Schwärzen wird verweigert',
      defect: { when: { path: redactTemplate }, alter: onlyNth(1, forbidding) },
      expectFinding: 'not-redacted',
    },
    {
      title: 'Der Verlauf ist leer',
      defect: { when: { path: messagesPath }, alter: setting(['chunk'], []) },
      expectFinding: 'history-differs',
    },
  ],
  async run(tools) {
    const [alice, bob] = [await tools.user('alice'), await tools.user('bob')];
    const { offered } = await roomVersions(tools.request, alice);
    if (offered.length === 0) return inconclusive('Der Server nennt keine Raumversion.');
    const findings: Finding[] = [];
    for (const version of offered) findings.push(...(await versionFindings(tools, { version, alice, bob })));
    return outcomeOf(findings, `Alle ${offered.length} Versionen: ${offered.join(', ')}`);
  },
});

interface Case {
  readonly version: string;
  readonly alice: Session;
  readonly bob: Session;
}

async function versionFindings(tools: Tools, { version, alice, bob }: Case): Promise<readonly Finding[]> {
  const { request, sendProbe, random } = tools;
  const created = await createRoom(request, alice, { preset: 'public_chat', room_version: version });
  const roomId = stringAt(created.json, ['room_id']);
  const claim = (code: string, what: string) => ({ code, title: `Raumversion ${version}: ${what}` });
  const findings = expectAllowed(created, claim('not-created', 'ein Raum lässt sich nicht anlegen'));
  if (roomId === undefined) return findings;
  const joined = await membershipSteps(request).join(bob, roomId);
  if (joined.status !== 200)
    return [...findings, ...expectAllowed(joined, claim('not-joined', 'niemand kommt in den Raum'))];
  const kept = await sendProbe(bob, roomId);
  const gone = await sendProbe(alice, roomId);
  const params = { roomId, eventId: gone, txnId: random.word(12) };
  const redacted = await request('PUT', redactTemplate, { params, session: alice, body: {} });
  const messages = await historyOf(tools, bob, roomId, redacted);
  const newestFirst = [
    { event_id: gone, is: 'geschwärzt' },
    { event_id: kept, is: 'lesbar' },
  ];
  return [
    ...findings,
    ...expectAllowed(redacted, claim('not-redacted', 'eigene Ereignisse lassen sich nicht schwärzen')),
    ...expectEqual(
      messages,
      { wanted: newestFirst, got: probesIn(messages.json) },
      claim('history-differs', 'der Verlauf stimmt nicht'),
    ),
  ];
}

/** The history once the redaction is in it. */
function historyOf({ request, poll }: Tools, session: Session, roomId: string, redacted: Answer): Promise<Answer> {
  const redaction = stringAt(redacted.json, ['event_id']);
  const query = { dir: 'b', limit: '50' };
  return poll({
    ask: async () => premise(await request('GET', messagesPath, { params: { roomId }, session, query })),
    until: ({ json }) => arrayAt(json, ['chunk']).some((event) => valueAt(event, ['event_id']) === redaction),
    deadlineMs: historyMs,
  });
}

const probesIn = (messages: unknown) =>
  arrayAt(messages, ['chunk'])
    .filter((event) => valueAt(event, ['type']) === probeType)
    .map((event) => ({
      event_id: valueAt(event, ['event_id']),
      is: Object.keys(objectAt(event, ['content'])).length === 0 ? 'geschwärzt' : 'lesbar',
    }));
