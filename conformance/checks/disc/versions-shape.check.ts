import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, setting } from '../../lib/defect.ts';
import { arrayAt, objectAt } from '../../lib/json.ts';
import { expectStatus, expectThat, type Findings, shown } from '../../lib/match.ts';

// The server names the editions it speaks, without a token and in the form clients compare.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientversions
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.versions-shape',
    title: 'Der Server nennt ohne Anmeldung die Versionen der Spezifikation, die er beherrscht',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientversions'),
  },
  counterexamples: [
    { title: 'Die Liste ist leer', defect: versionsDefect(setting(['versions'], [])), expectFinding: 'no-versions' },
    {
      title: 'Eine Version heißt „latest“',
      defect: versionsDefect(setting(['versions'], ['v1.11', 'latest'])),
      expectFinding: 'version-format',
    },
    {
      title: 'Ein Merkmal ist Text statt Wahrheitswert',
      defect: versionsDefect(setting(['unstable_features', 'org.example.feature'], 'yes')),
      expectFinding: 'feature-not-boolean',
    },
    {
      title: 'Der Server verlangt eine Anmeldung',
      defect: versionsDefect(answering(401, { errcode: 'M_MISSING_TOKEN' })),
      expectFinding: 'status',
    },
  ],
  async run({ request }) {
    const answer = await request('GET', '/_matrix/client/versions');
    const versions = arrayAt(answer.json, ['versions']);
    return outcomeOf(
      [
        ...expectStatus(answer, 200, { code: 'status', title: 'Die Versionsabfrage wird nicht beantwortet' }),
        ...versionFindings(answer, versions),
        ...featureFindings(answer),
      ],
      `Genannte Versionen: ${versions.join(', ')}`,
    );
  },
});

function versionsDefect(alter: ReturnType<typeof setting>) {
  return { when: { path: '/_matrix/client/versions' }, alter };
}

function versionFindings(answer: Answer, versions: readonly unknown[]): Findings {
  const odd = versions.filter((version) => typeof version !== 'string' || !/^(r0\.\d+\.\d+|v\d+\.\d+)$/.test(version));
  return [
    ...expectThat(answer, versions.length > 0, {
      code: 'no-versions',
      title: 'Der Server nennt keine einzige Version',
      expected: 'mindestens eine Version unter „versions“',
      observed: 'keine',
    }),
    ...expectThat(answer, odd.length === 0, {
      code: 'version-format',
      title: 'Eine Versionsangabe hat nicht die vorgeschriebene Form',
      expected: 'Angaben der Form r0.6.1 oder v1.19',
      observed: shown(odd),
    }),
  ];
}

function featureFindings(answer: Answer): Findings {
  const odd = Object.entries(objectAt(answer.json, ['unstable_features'])).filter(([, on]) => typeof on !== 'boolean');
  return expectThat(answer, odd.length === 0, {
    code: 'feature-not-boolean',
    title: 'Ein angekündigtes Merkmal ist weder an noch aus',
    expected: 'true oder false je Merkmal unter „unstable_features“',
    observed: shown(Object.fromEntries(odd)),
  });
}
