import type { Account, Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { arrayAt, stringAt } from './json.ts';
import { type Claim, expectThat, type Findings } from './match.ts';
import type { Tools } from './tools.ts';

// Right after logging in a server may spare people the second prompt; the BundesMessenger allows 15 s (ui_auth.session_timeout).
const graceMs = 16_000;

/** Polls until the login is no longer fresh. */
export async function graceOver({ now, waitForSync }: Tools, session: Session): Promise<void> {
  const endsAt = now() + graceMs;
  await waitForSync(session, { until: () => now() >= endsAt, deadlineMs: graceMs });
}

/** The part of a request by which people prove again who they are; `asked` is the answer that began it. */
export const passwordProof = (
  asked: Answer,
  { userId }: Pick<Account, 'userId'>,
  password: string | undefined,
): Readonly<Record<string, unknown>> => ({
  auth: {
    type: 'm.login.password',
    session: stringAt(asked.json, ['session']),
    identifier: { type: 'm.id.user', user: userId },
    password,
  },
});

/** A proof that does not convince: the person may try again, or is turned away. */
export function expectProofRefused(answer: Answer, claim: Claim): Findings {
  const errcode = stringAt(answer.json, ['errcode']) ?? 'keinem';
  const isRefused = (answer.status === 401 || answer.status === 403) && refusals.includes(errcode);
  return expectThat(answer, isRefused, {
    ...claim,
    expected: 'Status 401 oder 403 mit errcode M_FORBIDDEN oder M_UNAUTHORIZED',
    observed: `Status ${answer.status} mit errcode ${errcode}`,
  });
}

const refusals = ['M_FORBIDDEN', 'M_UNAUTHORIZED'];

/** The password is asked for, and there is no way around it. */
export function passwordAsked(answer: Answer, claim: Claim): Findings {
  const flows = flowsOf(answer);
  const isAsked = flows.length > 0 && flows.every((stages) => stages.some((stage) => stage === 'm.login.password'));
  return expectThat(answer, answer.status === 401 && isAsked, {
    ...claim,
    expected: 'Status 401 und nur Wege mit m.login.password',
    observed: `Status ${answer.status}, Wege: ${flows.map((stages) => stages.join(' + ')).join(' oder ') || 'keine'}`,
  });
}

export const flowsOf = ({ json }: Answer): readonly (readonly unknown[])[] =>
  arrayAt(json, ['flows']).map((flow) => arrayAt(flow, ['stages']));
