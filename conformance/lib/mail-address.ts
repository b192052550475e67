import type { Session } from '../../core/model/bench.ts';
import type { Mail } from '../../core/model/surroundings.ts';
import type { Answer } from './answer.ts';
import { PremiseError, premise, premiseString } from './premise.ts';
import type { Tools } from './tools.ts';
import { passwordProof } from './uia.ts';

export const emailTokenPath = '/_matrix/client/v3/account/3pid/email/requestToken';
export const addAddressPath = '/_matrix/client/v3/account/3pid/add';

/** A claim to an address that is still to be proven by the mail that was sent there. */
export interface AddressClaim {
  readonly address: string;
  readonly clientSecret: string;
  readonly sid: string;
}

export const newAddress = ({ random }: Tools): string => `lab-${random.word(10)}@pruefstand.invalid`;

/** Asks the homeserver to send a mail to the address. */
export async function claimAddress(
  { request, random }: Tools,
  session: Session,
  address: string,
): Promise<AddressClaim> {
  const clientSecret = random.word(20);
  const body = { client_secret: clientSecret, email: address, send_attempt: 1 };
  const sid = premiseString(await request('POST', emailTokenPath, { session, body }), ['sid']);
  return { address, clientSecret, sid };
}

/** The mail to the address after so many earlier ones. */
export async function mailTo({ surroundings }: Tools, address: string, after = 0): Promise<Mail> {
  const mail = await surroundings().mailbox.waitFor(address, { after });
  if (mail === undefined) throw new PremiseError(`Vorbedingung nicht erreicht: An ${address} kam keine Mail an.`);
  return mail;
}

export function linkIn({ links }: Mail): string {
  const link = links.find((each) => each.includes('token='));
  if (link === undefined) throw new PremiseError('Vorbedingung nicht erreicht: Die Mail enthält keinen Link.');
  return link;
}

/** Opens the link that was mailed, as a person does. */
export async function openMailedLink(tools: Tools, address: string): Promise<Answer> {
  const { pathname, searchParams } = new URL(linkIn(await mailTo(tools, address)));
  return tools.request('GET', pathname, { query: Object.fromEntries(searchParams) });
}

export interface Owner {
  readonly session: Session;
  readonly password: string | undefined;
}

/** Adds the proven address to the account, with the password; the answer is for the check to judge. */
export async function addAddress(
  { request }: Tools,
  { session, password }: Owner,
  claim: AddressClaim,
): Promise<Answer> {
  const body = { client_secret: claim.clientSecret, sid: claim.sid };
  const asked = await request('POST', addAddressPath, { session, body });
  if (asked.status !== 401) return asked;
  return request('POST', addAddressPath, { session, body: { ...body, ...passwordProof(asked, session, password) } });
}

/** From nothing to an address of the account. */
export async function withAddress(tools: Tools, owner: Owner): Promise<string> {
  const address = newAddress(tools);
  const claim = await claimAddress(tools, owner.session, address);
  premise(await openMailedLink(tools, address));
  premise(await addAddress(tools, owner, claim));
  return address;
}
