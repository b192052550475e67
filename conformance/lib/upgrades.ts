import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { PremiseError, premiseString } from './premise.ts';
import { roomVersions } from './room-versions.ts';
import type { Request } from './transport.ts';

export const upgradeTemplate = '/_matrix/client/v3/rooms/{roomId}/upgrade';

/** From one room version to a newer one. */
export interface UpgradePath {
  readonly from: string;
  readonly to: string;
}

/** To the server's own choice from the version before it, or from itself where there is none. */
export async function upgradePath(request: Request, session: Session): Promise<UpgradePath> {
  const { standard, offered } = await roomVersions(request, session);
  if (standard === undefined) throw new PremiseError('Der Server nennt keine Raumversion als Vorgabe.');
  return { from: offered[offered.indexOf(standard) - 1] ?? standard, to: standard };
}

export function upgrade(request: Request, session: Session, roomId: string, version: string): Promise<Answer> {
  return request('POST', upgradeTemplate, { params: { roomId }, session, body: { new_version: version } });
}

/** Resolves with the id of the new room. */
export async function upgraded(request: Request, session: Session, roomId: string, version: string): Promise<string> {
  return premiseString(await upgrade(request, session, roomId, version), ['replacement_room']);
}
