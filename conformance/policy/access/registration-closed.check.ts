import type { Finding } from '../../../core/model/finding.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { answering } from '../../lib/defect.ts';
import { expectStatus, expectThat } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import { type PolicyTools, policyCheck } from '../lib/policy-check.ts';

const registerPaths = ['/_matrix/client/v3/register', '/_matrix/client/r0/register'];
const profilePath = '/_matrix/client/v3/profile/{userId}';

// Nobody gets an account or a guest access from outside, and none comes to be on the quiet.
// BundesMessenger, chart: enableRegistration and allow_guest_access are false.
export const check = policyCheck({
  meta: {
    id: 'policy.access.registration-closed',
    title: 'Von außen kann sich niemand ein Konto oder einen Gastzugang verschaffen',
    requirements: ['SI-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: 'BundesMessenger-Helm-Chart: enableRegistration, allow_guest_access',
    rows: ['pol-registration'],
  },
  counterexamples: [
    {
      title: 'Die Registrierung gelingt',
      defect: {
        when: { method: 'POST', path: '/_matrix/client/v3/register' },
        alter: (answer, seen) =>
          seen.query === ''
            ? answering(200, { user_id: '@neu:example.org', access_token: 'abc' })(answer, seen)
            : answer,
      },
      expectFinding: 'registration-open',
    },
    {
      title: 'Nur der alte Pfad ist noch offen',
      defect: {
        when: { method: 'POST', path: '/_matrix/client/r0/register' },
        alter: answering(401, { session: 'abc', flows: [{ stages: ['m.login.dummy'] }], params: {} }),
      },
      expectFinding: 'registration-open',
    },
    {
      title: 'Gäste werden eingelassen',
      defect: {
        when: { method: 'POST', path: '/_matrix/client/v3/register' },
        alter: (answer, seen) =>
          seen.query === 'kind=guest' ? answering(200, { user_id: '@1:example.org' })(answer, seen) : answer,
      },
      expectFinding: 'guest-admitted',
    },
    {
      title: 'Trotz Ablehnung entsteht ein Konto',
      defect: { when: { path: profilePath }, alter: answering(200, { displayname: 'neu' }) },
      expectFinding: 'account-appeared',
    },
  ],
  async run(tools) {
    return outcomeOf(await registrationFindings(tools), 'Registrierung und Gastzugang 403, kein Konto entstanden');
  },
});

async function registrationFindings({ request, random, target, user }: PolicyTools): Promise<readonly Finding[]> {
  const username = `pruefstand-${random.word(10)}`;
  const body = { username, password: `Gegenprobe-${random.word(12)}-1!`, auth: { type: 'm.login.dummy' } };
  const findings: Finding[] = [];
  for (const path of registerPaths) {
    const answer = await request('POST', path, { body });
    const isRefused = answer.status === 403 || (path.includes('/r0/') && answer.status === 404);
    findings.push(
      ...expectThat(answer, isRefused, {
        code: 'registration-open',
        title: 'Die Selbstregistrierung ist nicht geschlossen',
        expected: 'Status 403',
        observed: `Status ${answer.status}`,
      }),
    );
    const guest = await request('POST', path, { query: { kind: 'guest' }, body: {} });
    findings.push(
      ...expectThat(guest, guest.status === 403 || guest.status === 404, {
        code: 'guest-admitted',
        title: 'Gastzugänge sind nicht geschlossen',
        expected: 'Status 403',
        observed: `Status ${guest.status}`,
      }),
    );
  }
  const witness = await user('witness');
  // Without this an unknown account would look like one that may not be seen.
  premise(await request('GET', profilePath, { params: { userId: witness.userId }, session: witness }));
  const profile = await request('GET', profilePath, {
    params: { userId: `@${username}:${target.serverName}` },
    session: witness,
  });
  const appeared = { code: 'account-appeared', title: 'Nach der abgelehnten Registrierung gibt es das Konto' };
  return [...findings, ...expectStatus(profile, 404, appeared)];
}
