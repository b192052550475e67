import { createHash } from 'node:crypto';
import type { JsonObject } from '../../schemas/json.ts';
import { canonicalJson } from '../lib/json.ts';
import { redacted } from './redacted.ts';

/** An event as homeservers exchange it. Its id is not written in it but follows from what it says. */
export interface Pdu {
  readonly eventId: string;
  readonly json: JsonObject;
}

/** As one that came from elsewhere, or was altered after it was sealed. */
export const pduFrom = (json: JsonObject): Pdu => ({ eventId: eventIdOf(json), json });

/** https://spec.matrix.org/v1.19/server-server-api/#calculating-the-content-hash-for-an-event */
export function contentHash({
  unsigned: _unsigned,
  signatures: _signatures,
  hashes: _hashes,
  ...event
}: JsonObject): string {
  return digest(event).toString('base64').replaceAll('=', '');
}

/** The reference hash as room versions from 4 on write it: https://spec.matrix.org/v1.19/server-server-api/#calculating-the-reference-hash-for-an-event */
export function eventIdOf(event: JsonObject): string {
  const { unsigned: _unsigned, signatures: _signatures, ...rest } = redacted(event);
  return `$${digest(rest).toString('base64url')}`;
}

const digest = (json: JsonObject): Buffer => createHash('sha256').update(canonicalJson(json)).digest();
