import type { TamperedOperation } from '../scenarios/scenario.ts';

export type Operation = TamperedOperation | 'other';

const sliding = '/_matrix/client/unstable/org.matrix.simplified_msc3575/sync';

/** The first that fits; methods and paths of the client-server API. */
const patterns: readonly (readonly [TamperedOperation, string, RegExp])[] = [
  ['sync', 'GET', /^\/_matrix\/client\/v3\/sync(\?|$)/],
  ['sync', 'POST', new RegExp(`^${sliding.replaceAll('.', '\\.')}(\\?|$)`)],
  ['send', 'PUT', /\/send\/m\.room\.encrypted\//],
  ['messages', 'GET', /\/rooms\/[^/]+\/messages(\?|$)/],
  ['userDirectory', 'POST', /\/user_directory\/search(\?|$)/],
  ['publicRooms', 'POST', /\/publicRooms(\?|$)/],
  ['sendToDevice', 'PUT', /\/sendToDevice\//],
  ['queryKeys', 'POST', /\/keys\/query(\?|$)/],
  ['restoreKeys', 'GET', /\/room_keys\/keys(\?|$)/],
  ['context', 'GET', /\/rooms\/[^/]+\/context\//],
];

export function operationOf(method: string, path: string): Operation {
  return patterns.find(([, of, pattern]) => of === method && pattern.test(path))?.[0] ?? 'other';
}
