import { outcomeOf } from '../../../core/model/outcome.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { objectAt, stringAt } from '../../lib/json.ts';
import { expectStatus, expectThat, shown } from '../../lib/match.ts';

const path = '/_matrix/client/v3/capabilities';
const versionsPath = ['capabilities', 'm.room_versions'];

// New rooms get a version the server itself offers and calls stable.
// https://spec.matrix.org/v1.19/client-server-api/#mroom_versions-capability
export const check = conformanceCheck({
  meta: {
    id: 'conformance.disc.caps-shape',
    title: 'Die voreingestellte Raumversion wird angeboten und gilt als stabil',
    requirements: ['KO-05'],
    needs: ['accounts'],
    timeoutMs: 30_000,
    spec: clause('mroom_versions-capability'),
  },
  counterexamples: [
    {
      title: 'Die voreingestellte Version wird gar nicht angeboten',
      defect: { when: { path }, alter: setting([...versionsPath, 'default'], '99') },
      expectFinding: 'default-not-stable',
    },
    {
      title: 'Die voreingestellte Version gilt als unfertig',
      defect: { when: { path }, alter: setting([...versionsPath, 'available'], { '1': 'unstable', '12': 'unstable' }) },
      expectFinding: 'default-not-stable',
    },
  ],
  async run({ request, user }) {
    const answer = await request('GET', path, { session: await user('caps') });
    const version = stringAt(answer.json, [...versionsPath, 'default']);
    const available = objectAt(answer.json, [...versionsPath, 'available']);
    return outcomeOf(
      [
        ...expectStatus(answer, 200, { code: 'status', title: 'Die Fähigkeiten werden nicht genannt' }),
        ...expectThat(answer, version !== undefined && available[version] === 'stable', {
          code: 'default-not-stable',
          title: 'Die voreingestellte Raumversion ist nicht als stabil angeboten',
          expected: `Raumversion ${shown(version)} mit der Angabe „stable“`,
          observed: shown(available),
        }),
      ],
      `Voreingestellt ist Raumversion ${version}, sie gilt als stabil`,
    );
  },
});
