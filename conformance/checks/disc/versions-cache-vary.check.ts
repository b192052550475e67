import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, answering, withHeader } from '../../lib/defect.ts';
import { expectError, expectThat, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_matrix/client/versions';

// Some features are on for some people only, so a cache in between must not hand the answer of one to another.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientversions
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.versions-cache-vary',
    title: 'Zwischenspeicher verwechseln die Fähigkeiten verschiedener Personen nicht',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientversions'),
  },
  counterexamples: [
    {
      title: 'Jeder darf die Antwort speichern, und nichts unterscheidet Angemeldete',
      defect: { when: { path }, alter: cachedAs('public, max-age=600', undefined) },
      expectFinding: 'shared-by-caches',
    },
    {
      title: 'Unterschieden wird nur nach der Kodierung',
      defect: { when: { path }, alter: cachedAs('max-age=600', 'Accept-Encoding') },
      expectFinding: 'shared-by-caches',
    },
    {
      title: 'Ein ungültiger Zugangsschlüssel führt zu einem anderen Fehler',
      defect: {
        when: { path },
        alter: (answer, seen) =>
          seen.hasToken ? answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' })(answer, seen) : answer,
      },
      expectFinding: 'bad-token',
    },
  ],
  async run({ request, random }) {
    const anonymous = premise(await request('GET', path));
    // Whoever the token belongs to: this answer is for its bearer alone.
    const withToken = await request('GET', path, { session: { accessToken: `pruefstand_${random.word(40)}` } });
    return outcomeOf(
      [
        ...cacheFindings(anonymous),
        ...cacheFindings(withToken),
        ...(withToken.status === 200
          ? []
          : expectError(
              withToken,
              { status: 401, errcode: 'M_UNKNOWN_TOKEN' },
              { code: 'bad-token', title: 'Ein ungültiger Zugangsschlüssel wird weder übergangen noch abgelehnt' },
            )),
      ],
      `Cache-Control: ${anonymous.headers['cache-control'] ?? 'keines'}; Vary: ${anonymous.headers['vary'] ?? 'keines'}`,
    );
  },
});

function cachedAs(control: string, vary: string | undefined): Alteration {
  return (answer, seen) => withHeader('vary', vary)(withHeader('cache-control', control)(answer, seen), seen);
}

function cacheFindings({ headers, ...answer }: Answer): Findings {
  const { 'cache-control': control = '', vary = '' } = headers;
  const isStored = /max-age|public|s-maxage/i.test(control) && !/no-store|private/i.test(control);
  const tellsApart = vary.split(',').some((name) => ['authorization', '*'].includes(name.trim().toLowerCase()));
  return expectThat({ ...answer, headers }, !isStored || tellsApart, {
    code: 'shared-by-caches',
    title: 'Ein Zwischenspeicher dürfte die Antwort für eine Person an eine andere ausliefern',
    expected: 'Vary: Authorization, oder eine Antwort, die nicht gespeichert werden darf',
    observed: `Cache-Control: ${control || 'keines'}; Vary: ${vary || 'keines'}`,
  });
}
