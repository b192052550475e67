import { type Alteration, alterJson, isJsonObject, type JsonObject } from '../../lib/alteration.ts';

const isCancel = ({ type }: JsonObject) => type === 'm.key.verification.cancel';

/** The homeserver keeps from a device that the other side broke off. */
export const hiddenCancelFrom =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person ? alterJson(answer, (object) => (isCancel(object) ? undefined : object)) : answer;

/** The homeserver tells a device another reason. */
export const otherCancelCodeFor =
  (person: string, code = 'm.timeout'): Alteration =>
  ({ device, answer }) =>
    device === person ? alterJson(answer, (object) => withCode(object, code)) : answer;

const withCode = (object: JsonObject, code: string): JsonObject =>
  isCancel(object) && isJsonObject(object['content']) ? { ...object, content: { ...object['content'], code } } : object;
