import type { Session } from '../../core/model/bench.ts';
import { valueAt } from './json.ts';
import { premise } from './premise.ts';
import type { Request } from './transport.ts';

/** As the specification names it since v1.18, and before. */
const capabilities = ['m.forget_forced_upon_leave', 'org.matrix.msc4267.forget_forced_upon_leave'];

/** Whether the server forgets every room for whoever leaves it, as it then has to say. */
export async function forgetsOnLeave(request: Request, session: Session): Promise<boolean> {
  const { json } = premise(await request('GET', '/_matrix/client/v3/capabilities', { session }));
  return capabilities.some((name) => valueAt(json, ['capabilities', name, 'enabled']) === true);
}
