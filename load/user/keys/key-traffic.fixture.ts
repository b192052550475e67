import type { Asked } from '../http/ask.ts';
import type { FakeAnswer } from '../user.fixture.ts';

export const bodyOf = ({ body }: Asked) => JSON.parse(body ?? '{}');
const people = (count: number) => Array.from({ length: count }, (_, person) => `@p${person}:hs1`);

/** A room of so many people, each with one device that has one-time keys. */
export const roomOf =
  (count: number) =>
  ({ name, body }: Asked): FakeAnswer => {
    const asked = JSON.parse(body ?? '{}');
    if (name === 'members') {
      const chunk = people(count).map((state_key) => ({ state_key, content: { membership: 'join' } }));
      return { json: { chunk: [...chunk, { state_key: '@gone:hs1', content: { membership: 'leave' } }] } };
    }
    if (name === 'queryKeys') {
      const devices = Object.keys(asked.device_keys).map((person) => [person, { DEVICE: {} }]);
      return { json: { device_keys: Object.fromEntries(devices) } };
    }
    const claimed = Object.keys(asked.one_time_keys ?? {}).map((person) => [person, { DEVICE: {} }]);
    return { json: { one_time_keys: Object.fromEntries(claimed), one_time_key_counts: { signed_curve25519: 50 } } };
  };
