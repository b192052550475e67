import { callPatiently } from '../http/homeserver.ts';
import type { UserState } from '../user-state.ts';
import { chunks } from './chunks.ts';

/** As matrix-rust-sdk asks. */
const peopleAtOnce = 250;

interface QueryBody {
  readonly device_keys?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Which devices these people have; false when one of the requests failed. */
export async function queryDevices(user: UserState, people: readonly string[]): Promise<boolean> {
  for (const some of chunks(people, peopleAtOnce)) {
    const device_keys = Object.fromEntries(some.map((person) => [person, []]));
    const { status, body } = await callPatiently(user, {
      name: 'queryKeys',
      path: '/_matrix/client/v3/keys/query',
      body: JSON.stringify({ timeout: 10_000, device_keys }),
    });
    if (status !== 200) return false;
    enterDevices(user, some, body ?? {});
  }
  return true;
}

function enterDevices(user: UserState, people: readonly string[], { device_keys = {} }: QueryBody): void {
  for (const person of people) {
    user.shared.directory.devices.set(person, Object.keys(device_keys[person] ?? {}));
    user.keys?.tracked.add(person);
  }
}
