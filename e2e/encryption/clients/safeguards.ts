import { RigError } from '../../../core/model/rig-error.ts';
import type { SafeguardViews } from '../../clients/client-driver.ts';
import type { ClientDevice, OnPage } from '../../lib/client-device.ts';

/** What the client shows of its safeguards; checks ask only clients that are judged for it. */
export function safeguardsOf({ client, safeguards }: ClientDevice): OnPage<SafeguardViews> {
  if (safeguards === undefined) throw new RigError('defect', `nothing is judged in the interface of ${client}`);
  return safeguards;
}
