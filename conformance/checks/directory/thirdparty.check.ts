import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { objectAt } from '../../lib/json.ts';
import { expectStatus, expectThat, type Findings, shown } from '../../lib/match.ts';
import { serverOf } from '../../lib/server-name.ts';
import type { Tools } from '../../lib/tools.ts';

const protocolsPath = '/_matrix/client/v3/thirdparty/protocols';
const protocolTemplate = '/_matrix/client/v3/thirdparty/protocol/{protocol}';
const byProtocol = [
  '/_matrix/client/v3/thirdparty/location/{protocol}',
  '/_matrix/client/v3/thirdparty/user/{protocol}',
] as const;

// People find out which other networks are connected; networks that are not connected are unknown.
// https://spec.matrix.org/v1.19/client-server-api/#third-party-networks
export const check = conformanceCheck({
  meta: {
    id: 'conformance.directory.thirdparty',
    title: 'Der Server nennt genau die Netze, mit denen er verbunden ist',
    requirements: ['KO-05'],
    needs: ['accounts'],
    timeoutMs: 30_000,
    spec: clause('third-party-networks'),
  },
  counterexamples: [
    {
      title: 'Ein genanntes Netz ist nicht bekannt',
      defect: {
        when: { path: protocolsPath },
        alter: setting(['irc'], {
          user_fields: [],
          location_fields: [],
          icon: 'mxc://example.org/a',
          field_types: {},
          instances: [],
        }),
      },
      expectFinding: 'named-but-unknown',
    },
    {
      title: 'Ein erfundenes Netz gilt als verbunden',
      defect: {
        when: { path: protocolTemplate },
        alter: answering(200, { user_fields: [], location_fields: [], icon: 'a', field_types: {}, instances: [] }),
      },
      expectFinding: 'invented-network',
    },
    {
      title: 'In einem erfundenen Netz wird eine Person gefunden',
      defect: {
        when: { path: byProtocol[1] },
        alter: answering(200, [{ userid: '@irc_a:example.org', protocol: 'irc', fields: {} }]),
      },
      expectFinding: 'found-in-invented',
    },
    {
      title: 'Ein gewöhnliches Konto gilt als Person eines anderen Netzes',
      defect: {
        when: { path: '/_matrix/client/v3/thirdparty/user' },
        alter: answering(200, [{ userid: '@irc_a:example.org', protocol: 'irc', fields: {} }]),
      },
      expectFinding: 'not-from-there',
    },
  ],
  async run(tools) {
    const { request, user, random } = tools;
    const session = await user('thirdparty');
    const listed = await request('GET', protocolsPath, { session });
    const names = Object.keys(objectAt(listed.json, [])).toSorted();
    const invented = `pruefstand${random.word(6)}`;
    const ask = (path: string, protocol: string) => request('GET', path, { params: { protocol }, session });
    const findings: Findings[] = [
      expectStatus(listed, 200, { code: 'status', title: 'Die verbundenen Netze werden nicht genannt' }),
      expectStatus(await ask(protocolTemplate, invented), 404, {
        code: 'invented-network',
        title: 'Ein erfundenes Netz wird nicht als unbekannt gemeldet',
      }),
    ];
    for (const name of names) {
      findings.push(
        expectStatus(await ask(protocolTemplate, name), 200, {
          code: 'named-but-unknown',
          title: 'Ein genanntes Netz ist nicht bekannt',
        }),
      );
    }
    for (const path of byProtocol) findings.push(emptyFindings(await ask(path, invented), 'found-in-invented'));
    findings.push(await ownFindings(tools, session));
    return outcomeOf(findings.flat(), `Verbundene Netze: ${names.join(', ') || 'keine'}; ein erfundenes ergibt 404`);
  },
});

/** What belongs to no other network is not found there: an account of this check and an alias that does not exist. */
async function ownFindings({ request, random }: Tools, session: Session): Promise<Findings> {
  const alias = `#pruefstand-${random.word(8)}:${serverOf(session.userId)}`;
  const user = { query: { userid: session.userId }, session };
  return [
    ...emptyFindings(await request('GET', '/_matrix/client/v3/thirdparty/user', user), 'not-from-there'),
    ...emptyFindings(
      await request('GET', '/_matrix/client/v3/thirdparty/location', { query: { alias }, session }),
      'not-from-there',
    ),
  ];
}

function emptyFindings(answer: Answer, code: string): Findings {
  const isEmpty =
    answer.status === 404 || (answer.status === 200 && Array.isArray(answer.json) && answer.json.length === 0);
  return expectThat(answer, isEmpty, {
    code,
    title: 'In einem anderen Netz wird etwas gefunden, das es dort nicht gibt',
    expected: 'eine leere Liste oder Status 404',
    observed: `Status ${answer.status}, ${shown(answer.json)}`,
  });
}
