import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { resolveAlias } from '../../lib/aliases.ts';
import type { Answer } from '../../lib/answer.ts';
import { conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth } from '../../lib/defect.ts';
import { expectEqual, expectThat, type Findings } from '../../lib/match.ts';
import { download } from '../../lib/media.ts';
import { inviteTemplate, joinByAliasTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { publicRoomsPath } from '../../lib/public-rooms.ts';
import { allowing, allowingInto } from '../../lib/refusals.ts';
import { chunkOf } from '../../lib/room-events.ts';
import type { Tools } from '../../lib/tools.ts';
import { wrongServerNames } from '../../lib/wrong-server-names.ts';

const membersTemplate = '/_matrix/client/v3/rooms/{roomId}/members';

// Whoever writes a server's name wrongly is told so, and nothing is left behind.
// https://spec.matrix.org/v1.19/appendices/#server-name
export const check = conformanceCheck({
  meta: {
    id: 'conformance.fed.fed-name-grammar-people',
    title: 'Unmögliche Servernamen in Kennungen von Personen, Räumen und Dateien werden abgewiesen',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: 'https://spec.matrix.org/v1.19/appendices/#server-name',
    rows: ['fed-name-grammar'],
  },
  variant: 'federated',
  counterexamples: [
    {
      title: 'Eine Person mit unmöglichem Servernamen lässt sich einladen',
      defect: { when: { path: inviteTemplate }, alter: onlyNth(1, allowing) },
      expectFinding: 'invited',
    },
    {
      title: 'Der Beitritt über einen unmöglichen Aliasnamen gelingt',
      defect: { when: { path: joinByAliasTemplate }, alter: onlyNth(1, allowingInto) },
      expectFinding: 'joined',
    },
    {
      title: 'Das Raumverzeichnis eines unmöglichen Homeservers antwortet',
      defect: { when: { path: publicRoomsPath }, alter: onlyNth(1, answering(200, { chunk: [] })) },
      expectFinding: 'listed',
    },
    {
      title: 'Die Person steht als eingeladen im Raum',
      defect: {
        when: { path: membersTemplate },
        alter: (answer) => ({ ...answer, json: { chunk: [] } }),
      },
      expectFinding: 'left-behind',
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const roomId = await tools.room(alice);
    const findings: Findings[] = [];
    for (const serverName of wrongServerNames) findings.push(await tried(tools, alice, roomId, serverName));
    const members = premise(await tools.request('GET', membersTemplate, { params: { roomId }, session: alice }));
    return outcomeOf(
      [
        ...findings.flat(),
        ...expectEqual(
          members,
          { wanted: 1, got: chunkOf(members).length },
          { code: 'left-behind', title: 'Nach gescheiterten Einladungen stehen im Raum nicht nur seine Mitglieder' },
        ),
      ],
      `${wrongServerNames.length} unmögliche Servernamen wurden überall abgewiesen`,
    );
  },
});

async function tried({ request }: Tools, alice: Session, roomId: string, serverName: string): Promise<Findings> {
  const alias = `#pruefstand:${serverName}`;
  const steps = membershipSteps(request);
  const refused = (answer: Answer, code: string, what: string) =>
    expectThat(answer, (answer.status >= 400 && answer.status < 500) || answer.status === 502, {
      code,
      title: `Trotz unmöglichem Servernamen nicht abgewiesen: ${what}`,
      // Nobody can be reached there: that is a refusal, too.
      expected: 'Status 4xx oder 502',
      observed: `Status ${answer.status}`,
    });
  return [
    ...refused(await steps.invite(alice, roomId, { userId: `@mallory:${serverName}` }), 'invited', 'eine Einladung'),
    ...refused(await steps.joinByAlias(alice, alias), 'joined', 'ein Beitritt'),
    ...refused(await resolveAlias(request, alice, alias), 'resolved', 'die Suche nach einem Raum'),
    ...refused(
      await request('GET', publicRoomsPath, { session: alice, query: { server: serverName } }),
      'listed',
      'der Blick in ein Raumverzeichnis',
    ),
    ...refused(await download(request, alice, { serverName, mediaId: 'a' }), 'downloaded', 'der Abruf einer Datei'),
  ];
}
