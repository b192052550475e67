import type { Answer } from './answer.ts';
import { type Alteration, answering } from './defect.ts';
import { type Claim, expectError, expectStatus, expectThat, type Findings, type WantedError } from './match.ts';

/** Of the codes for a refusal the second one tells that the present state stands against it. */
const forbidden: WantedError = { status: 403, errcode: ['M_FORBIDDEN', 'M_BAD_STATE'] };

export const expectForbidden = (answer: Answer, claim: Claim): Findings => expectError(answer, forbidden, claim);

/** Where the specification names no code: any refusal will do. */
export const expectRefused = (answer: Answer, claim: Claim): Findings =>
  expectThat(answer, answer.status >= 400 && answer.status < 500, {
    ...claim,
    expected: 'Status 4xx',
    observed: `Status ${answer.status}`,
  });

const malformed: WantedError = {
  status: 400,
  errcode: ['M_UNKNOWN', 'M_BAD_JSON', 'M_INVALID_PARAM', 'M_MISSING_PARAM'],
};

/** Where what was asked makes no sense and the specification leaves open which of its codes says so. */
export const expectMalformed = (answer: Answer, claim: Claim): Findings => expectError(answer, malformed, claim);

export const expectTokenAsked = (answer: Answer, claim: Claim): Findings =>
  expectError(answer, { status: 401, errcode: 'M_MISSING_TOKEN' }, claim);

/** Where a server may also hide that there is anything to refuse. */
export const expectDenied = (answer: Answer, claim: Claim): Findings =>
  answer.status === 404
    ? expectError(answer, { status: 404, errcode: 'M_NOT_FOUND' }, claim)
    : expectForbidden(answer, claim);

/** Where a server may conceal that there is anything. */
export const expectForbiddenOrAbsent = (answer: Answer, claim: Claim): Findings =>
  expectThat(answer, answer.status === 403 || answer.status === 404, {
    ...claim,
    expected: 'Status 403 oder 404',
    observed: `Status ${answer.status}`,
  });

export const expectAllowed = (answer: Answer, claim: Claim): Findings => expectStatus(answer, 200, claim);

/** Where the specification leaves it open whether the content is wrong or the right is missing. */
export function expectInvalidOrForbidden(answer: Answer, claim: Claim): Findings {
  return expectThat(answer, answer.status === 400 || answer.status === 403, {
    ...claim,
    expected: 'Status 400 oder 403',
    observed: `Status ${answer.status}`,
  });
}

/** For counterexamples: refuses as the specification wants it where it must not. */
export const forbidding: Alteration = answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' });

export const notFound: Alteration = answering(404, { errcode: 'M_NOT_FOUND', error: 'altered' });

/** For counterexamples: an answer of an endpoint that has nothing to say but that it was done. */
export const allowing: Alteration = answering(200, {});

/** For counterexamples: an answer of an endpoint that names the room. */
export const allowingInto: Alteration = answering(200, { room_id: '!altered:example.org' });

/** For counterexamples: an answer of an endpoint that names the event sent. */
export const acceptingEvent: Alteration = answering(200, { event_id: `$${'altered'.padEnd(43, 'A')}` });
