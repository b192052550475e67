import type { Account, Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { premise } from './premise.ts';
import type { Request } from './transport.ts';
import { passwordProof } from './uia.ts';

export const passwordPath = '/_matrix/client/v3/account/password';

export interface PasswordChange {
  /** The one that holds until now; default: that of the account. */
  readonly proof?: string;
  /** The new one; default: the same again, which changes nothing but ends other sessions. */
  readonly wanted?: string;
  readonly logoutDevices?: boolean;
}

/** Changes the password as an app does: asks, is asked for a proof, gives it. Resolves with the last answer. */
export async function changePassword(
  request: Request,
  session: Session,
  owner: Account,
  { proof = owner.password, wanted = owner.password, logoutDevices }: PasswordChange = {},
): Promise<Answer> {
  const body = { new_password: wanted, ...(logoutDevices !== undefined && { logout_devices: logoutDevices }) };
  const asked = premise(await request('POST', passwordPath, { session, body }), 401);
  return request('POST', passwordPath, { session, body: { ...body, ...passwordProof(asked, owner, proof) } });
}
