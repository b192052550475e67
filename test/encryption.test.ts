import { provenEncryption } from '../cli/families.ts';
import { processProvider } from '../deployment/providers/process.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { provesFamily } from './lib/prove-family.ts';

const { docker: _d, redis: _r, ...tools } = toolsHere();

/** One flow each for exchanging, for warning and for restoring. */
const provenClients: ReadonlySet<string> = new Set(
  ['node-element', 'identity-change', 'restore-node-element'].map((name) => `encryption.clients.${name}`),
);

await provesFamily({
  family: 'encryption',
  variant: provenEncryption,
  candidate: {
    name: 'process',
    provider: processProvider,
    tools,
    missing: requireParts({ synapse: tools.synapsePython, nginx: tools.nginx }),
  },
  // Web clients take a minute for each of their runs; `prove --check encryption.clients,encryption.attacks` shows the others.
  leftOut: (id) =>
    id === 'encryption.attacks.swapped-well-known' || (id.startsWith('encryption.clients.') && !provenClients.has(id)),
  deviations: {
    // matrix-js-sdk does not take up again what of an identity was cut off before it reached the server.
    'encryption.interruption.kill-identity': [
      'device-not-signed bob über alice',
      'device-not-signed bob über dora',
      'no-identity bob über carol',
    ],
    // The test client is built from matrix-react-sdk 3.114, which brings an older library than VE-20 asks for.
    'encryption.attacks.crypto-library': ['outdated-vodozemac chunk-6V3JIKSK.js'],
    // matrix-sdk-crypto replaces a used fallback key after a week, not when it uploads keys.
    'encryption.attacks.fallback-renewed-at-once': ['fallback-kept /keys/claim, sogleich'],
    // matrix-react-sdk warns of the new identity of a verified person and sends all the same, unless config.json says otherwise.
    'encryption.clients.identity-change': ['sent-anyway Element (matrix-react-sdk)'],
    // matrix-js-sdk does not keep account of which messages it has decrypted: the same one passes under another id.
    'encryption.attacks.replayed-event': ['accepted m.room.encrypted, event_id'],
    // matrix-js-sdk skips keys it does not know of and reports the comparison as done; it neither believes nor signs them.
    'encryption.attacks.foreign-identity': [
      'not-cancelled carol, eine erfundene Identität',
      'not-cancelled dora, eine erfundene Identität unter der Kennung des Geräts',
    ],
    // The client's library takes media addresses as they come (CVE-2024-50336, mended in matrix-js-sdk 34.11.1).
    'encryption.attacks.hostile-content': [
      'left-media Element (matrix-react-sdk): Bild mit aufsteigender Medienadresse',
      'left-media Element (matrix-react-sdk): Bildnachricht mit aufsteigender Medienadresse',
    ],
  },
});
