import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { arrayAt } from '../../lib/json.ts';
import { expectThat, shown } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';

const path = '/_matrix/client/versions';

/** The first edition in which media are given out to those logged in only; the apps of the BundesMessenger build on it. */
const floor = { major: 1, minor: 11 };

// The server speaks a language new enough for the apps.
// https://spec.matrix.org/v1.19/client-server-api/#get_matrixclientversions
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.versions-floor',
    title: 'Der Server beherrscht mindestens die Fassung 1.11 der Spezifikation',
    requirements: ['KO-05'],
    needs: [],
    timeoutMs: 30_000,
    spec: clause('get_matrixclientversions'),
  },
  counterexamples: [
    {
      title: 'Der Server nennt nur alte Fassungen',
      defect: { when: { path }, alter: setting(['versions'], ['r0.6.1', 'v1.2', 'v1.10']) },
      expectFinding: 'below-floor',
    },
    {
      title: 'Die verlangte Fassung fehlt zwischen zwei genannten',
      defect: { when: { path }, alter: setting(['versions'], ['v1.10', 'v1.12']) },
      expectFinding: 'version-left-out',
    },
  ],
  async run({ request }) {
    const answer = premise(await request('GET', path));
    const versions = arrayAt(answer.json, ['versions']);
    const minors = versions.flatMap(minorOf);
    const newest = Math.max(-1, ...minors);
    return outcomeOf(
      [
        ...expectThat(answer, newest >= floor.minor, {
          code: 'below-floor',
          title: 'Der Server beherrscht keine ausreichend neue Fassung der Spezifikation',
          expected: `v${floor.major}.${floor.minor} oder neuer`,
          observed: shown(versions),
        }),
        // Clients look for the edition they need by its name; a newer one does not stand for it.
        ...expectThat(answer, newest < floor.minor || minors.includes(floor.minor), {
          code: 'version-left-out',
          title: 'Eine Fassung, auf die sich Apps berufen, wird nicht genannt',
          expected: `v${floor.major}.${floor.minor} in der Liste`,
          observed: shown(versions),
        }),
      ],
      `Neueste genannte Fassung: v${floor.major}.${newest}`,
    );
  },
});

function minorOf(version: unknown): readonly number[] {
  const [, major, minor] = /^v(\d+)\.(\d+)$/.exec(String(version)) ?? [];
  return Number(major) === floor.major ? [Number(minor)] : [];
}
