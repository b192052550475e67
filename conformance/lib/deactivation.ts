import type { Account, Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { premise } from './premise.ts';
import type { Request } from './transport.ts';
import { passwordProof } from './uia.ts';

export const deactivatePath = '/_matrix/client/v3/account/deactivate';

/** Closes the account as its owner does. Resolves with the last answer. */
export async function deactivate(
  request: Request,
  { owner, session, erase }: { readonly owner: Account; readonly session: Session; readonly erase: boolean },
): Promise<Answer> {
  const asked = premise(await request('POST', deactivatePath, { session, body: { erase } }), 401);
  const body = { erase, ...passwordProof(asked, owner, owner.password) };
  return request('POST', deactivatePath, { session, body });
}
