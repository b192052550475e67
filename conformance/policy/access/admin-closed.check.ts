import type { Session } from '../../../core/model/bench.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { inParallel } from '../../../core/run/in-parallel.ts';
import type { Answer } from '../../lib/answer.ts';
import { answering } from '../../lib/defect.ts';
import { stringAt } from '../../lib/json.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { type ClosedPath, closedPaths } from '../lib/closed-paths.ts';
import { type PolicyTools, policyCheck } from '../lib/policy-check.ts';

const atOnce = 4;
const refusals = [403, 404];

// Administration, metrics, health, replication and debugging are not public, however the address is written.
// Synapse, documentation of the reverse proxy: only /_matrix and /_synapse/client are forwarded.
export const check = policyCheck({
  meta: {
    id: 'policy.access.admin-closed',
    title: 'Verwaltungs-, Mess- und Diagnoseschnittstellen sind öffentlich nicht erreichbar',
    requirements: ['SI-07'],
    needs: ['accounts'],
    timeoutMs: 120_000,
    spec: 'https://element-hq.github.io/synapse/latest/reverse_proxy.html',
    rows: ['pol-admin-closed'],
  },
  counterexamples: [
    {
      title: 'Die Verwaltungsschnittstelle verlangt nur eine Anmeldung',
      defect: {
        when: { path: '/_synapse/admin/v1/rooms' },
        alter: answering(401, { errcode: 'M_MISSING_TOKEN', error: 'Missing access token' }),
      },
      expectFinding: 'open',
    },
    {
      title: 'Die Verwaltungsschnittstelle antwortet, nur eben nicht gewöhnlichen Konten',
      defect: {
        when: { path: '/_synapse/admin/v2/users' },
        alter: answering(403, { errcode: 'M_FORBIDDEN', error: 'You are not a server admin' }),
      },
      expectFinding: 'reached',
    },
    {
      title: 'Eine kodierte Schreibweise kommt am Zugang vorbei',
      defect: { when: { path: /%2e%2e\/.*\/admin\/v1\/register$/ }, alter: answering(200, { nonce: 'abc' }) },
      expectFinding: 'open',
    },
    {
      title: 'Messwerte sind öffentlich',
      defect: { when: { path: '/metrics' }, alter: answering(200, { synapse_http: 1 }) },
      expectFinding: 'open',
    },
  ],
  async run(tools) {
    const session = await tools.user('probe');
    const paths = closedPaths();
    const findings: Finding[] = [];
    await inParallel(paths, atOnce, async (closed) => {
      const anonymous = await pathFindings(tools, closed);
      findings.push(...(anonymous.length > 0 ? anonymous : await pathFindings(tools, closed, session)));
    });
    const ordered = findings.toSorted((a, b) => (a.where < b.where ? -1 : 1));
    return outcomeOf(ordered, `${paths.length} Adressen und Schreibweisen, ohne und mit Anmeldung: alle 403 oder 404`);
  },
});

async function pathFindings(
  { request }: PolicyTools,
  { path, sibling }: ClosedPath,
  session?: Session,
): Promise<Findings> {
  const options = session === undefined ? {} : { session };
  const answer = await request('GET', path, options);
  const invented = await request('GET', sibling, options);
  const asker = session === undefined ? 'ohne Anmeldung' : 'mit gewöhnlichem Konto';
  if (!refusals.includes(answer.status)) {
    return expectThat(answer, false, {
      code: 'open',
      title: 'Eine interne Schnittstelle ist öffentlich erreichbar',
      expected: 'Status 403 oder 404',
      observed: `${shownOf(answer)}, ${asker}`,
    });
  }
  // An edge that closes a folder does not know what is in it; whoever tells the two apart is the server behind it.
  return expectThat(answer, shownOf(answer) === shownOf(invented), {
    code: 'reached',
    title: 'Eine Anfrage an eine interne Schnittstelle gelangt bis zum Server',
    expected: `dieselbe Ablehnung wie für eine erfundene Adresse daneben (${shownOf(invented)})`,
    observed: `${shownOf(answer)}, ${asker}`,
  });
}

const shownOf = ({ status, json }: Answer): string =>
  `Status ${status}, ${stringAt(json, ['errcode']) ?? 'ohne errcode'}`;
