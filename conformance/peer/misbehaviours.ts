import { objectAt } from '../lib/json.ts';
import { type Pdu, pduFrom } from './pdu.ts';

/** The event as if nobody had signed it. */
export const unsigned = ({ json }: Pdu): Pdu => pduFrom({ ...json, signatures: {} });

/** The event with the signatures of another one. */
export const signedLike = ({ json }: Pdu, other: Pdu): Pdu =>
  pduFrom({ ...json, signatures: other.json['signatures'] });

/** The event with a signature that has the right form and fits nothing. */
export function wronglySigned({ json }: Pdu): Pdu {
  const signatures = Object.entries(objectAt(json, ['signatures'])).map(([server, keys]) => {
    const wrong = Object.keys(objectAt(keys, [])).map((name) => [name, nowhereValid] as const);
    return [server, Object.fromEntries(wrong)] as const;
  });
  return pduFrom({ ...json, signatures: Object.fromEntries(signatures) });
}

// The length of an Ed25519 signature in unpadded Base64.
const nowhereValid = 'A'.repeat(86);
