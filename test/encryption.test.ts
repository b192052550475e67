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
});
