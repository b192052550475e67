import type { Session } from '../../core/model/bench.ts';
import { objectAt, stringAt } from './json.ts';
import { premise } from './premise.ts';
import type { Request } from './transport.ts';

export const capabilitiesPath = '/_matrix/client/v3/capabilities';

/** Room versions a server offers as stable. */
export interface RoomVersions {
  readonly standard: string | undefined;
  /** In the order of their numbers. */
  readonly offered: readonly string[];
}

export async function roomVersions(request: Request, session: Session): Promise<RoomVersions> {
  const { json } = premise(await request('GET', capabilitiesPath, { session }));
  const at = ['capabilities', 'm.room_versions'];
  const available = Object.entries(objectAt(json, [...at, 'available']));
  const offered = available.flatMap(([version, maturity]) => (maturity === 'stable' ? [version] : []));
  return { standard: stringAt(json, [...at, 'default']), offered: offered.toSorted(byNumber) };
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
