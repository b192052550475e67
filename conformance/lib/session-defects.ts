import { type Alteration, answering } from './defect.ts';

/** A session that was ended seems to go on. */
export const livingOn: Alteration = (answer, seen) =>
  answer.status === 401 ? answering(200, { user_id: '@alice:example.org' })(answer, seen) : answer;

/** With the first session that was ended the ones asked for later seem to be ended too. */
export const endingOthersToo: Alteration = (answer, seen) =>
  seen.earlier.some(({ status }) => status === 401)
    ? answering(401, { errcode: 'M_UNKNOWN_TOKEN', error: 'altered' })(answer, seen)
    : answer;
