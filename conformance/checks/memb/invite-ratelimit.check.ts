import { retryAfterMs } from '../../../core/http/retry-after.ts';
import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { type Alteration, removing, setting, withHeader } from '../../lib/defect.ts';
import { expectError, expectThat } from '../../lib/match.ts';
import { inviteTemplate, membershipSteps } from '../../lib/membership.ts';
import { premise } from '../../lib/premise.ts';
import { allowing, expectAllowed, forbidding } from '../../lib/refusals.ts';
import type { Tools } from '../../lib/tools.ts';

const mostAttempts = 12;
const when = { method: 'POST', path: inviteTemplate, limits: true } as const;

// Whoever invites the same person again and again is slowed down, told for how long, and may then go on.
// https://spec.matrix.org/v1.19/client-server-api/#rate-limiting
export const check = conformanceCheck({
  meta: {
    id: 'conformance.memb.invite-ratelimit',
    title: 'Einladungen in rascher Folge werden gedrosselt, danach gelingen sie wieder',
    requirements: ['KO-05'],
    needs: ['lab'],
    timeoutMs: 60_000,
    spec: clause('rate-limiting'),
  },
  variant: 'limited',
  counterexamples: [
    {
      title: 'Es darf beliebig oft eingeladen werden',
      defect: { when, alter: onStatus(429, allowing) },
      expectFinding: 'never-limited',
    },
    {
      title: 'Die Drosselung nennt den falschen Fehler',
      defect: { when, alter: onStatus(429, setting(['errcode'], 'M_FORBIDDEN')) },
      expectFinding: 'never-limited',
    },
    {
      title: 'Die Drosselung sagt nicht, wie lange sie dauert',
      defect: {
        when,
        alter: onStatus(429, (answer, seen) =>
          withHeader('retry-after', undefined)(removing(['retry_after_ms'])(answer, seen), seen),
        ),
      },
      expectFinding: 'no-duration',
    },
    {
      title: 'Nach der Wartezeit wird weiter abgelehnt',
      defect: {
        when,
        alter: (answer, seen) =>
          seen.earlier.some(({ status }) => status === 429) ? onStatus(200, forbidding)(answer, seen) : answer,
      },
      expectFinding: 'still-refused',
    },
  ],
  async run(tools) {
    // Only ordinary accounts meet the limits.
    const [alice, bob] = [await tools.user('alice', 'ordinary'), await tools.user('bob')];
    const roomId = await tools.room(alice, { preset: 'private_chat' });
    const limited = await inviteUntilLimited(tools, { roomId, inviter: alice, invitee: bob });
    const findings = [
      ...expectError(
        limited,
        { status: 429, errcode: 'M_LIMIT_EXCEEDED' },
        { code: 'never-limited', title: `${mostAttempts} Einladungen in rascher Folge werden nicht gedrosselt` },
      ),
      ...expectThat(limited, retryAfterMs({ headers: limited.headers, text: () => limited.text }) !== undefined, {
        code: 'no-duration',
        title: 'Die Drosselung sagt nicht, wie lange sie dauert',
        expected: 'Retry-After oder retry_after_ms',
        observed: 'keines von beiden',
      }),
    ];
    if (findings.length > 0) return outcomeOf(findings, '');
    const later = await membershipSteps(tools.request).invite(alice, roomId, bob);
    return outcomeOf(
      expectAllowed(later, {
        code: 'still-refused',
        title: 'Nach der genannten Wartezeit gelingt die Einladung nicht',
      }),
      'Einladungen in rascher Folge 429 mit Wartezeit; danach gelingt die nächste',
    );
  },
});

interface Invitation {
  readonly roomId: string;
  readonly inviter: Session;
  readonly invitee: Session;
}

/** The first answer that is no success, else the last; in between the invited person declines. */
async function inviteUntilLimited({ request }: Tools, { roomId, inviter, invitee }: Invitation): Promise<Answer> {
  const { leave } = membershipSteps(request);
  const options = {
    params: { roomId },
    session: inviter,
    body: { user_id: invitee.userId },
    waitsForLimits: false,
  };
  let answer = await request('POST', inviteTemplate, options);
  for (let attempt = 1; attempt < mostAttempts && answer.status === 200; attempt++) {
    premise(await leave(invitee, roomId));
    answer = await request('POST', inviteTemplate, options);
  }
  return answer;
}

function onStatus(status: number, alter: Alteration): Alteration {
  return (answer, seen) => (answer.status === status ? alter(answer, seen) : answer);
}
