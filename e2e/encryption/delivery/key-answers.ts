import { type Alteration, alterJson } from '../../lib/alteration.ts';

/** The homeserver says of every device asked for that it has no one-time keys. */
export const noOneTimeKeys: Alteration = ({ request, answer }) =>
  request.url.includes('/keys/claim')
    ? alterJson(answer, (object) => ('one_time_keys' in object ? { ...object, one_time_keys: {} } : object))
    : answer;

/** The homeserver knows no devices of others when `person` asks. */
export const noDevicesFor =
  (person: string): Alteration =>
  ({ device, request, answer }) =>
    device === person && request.url.includes('/keys/query')
      ? alterJson(answer, (object) => ('device_keys' in object ? { ...object, device_keys: {} } : object))
      : answer;

/** The homeserver loses what devices send to this one. */
export const losingToDeviceFor =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person
      ? alterJson(answer, (object) => ('to_device' in object ? { ...object, to_device: { events: [] } } : object))
      : answer;
