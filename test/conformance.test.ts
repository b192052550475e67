import { processProvider } from '../deployment/providers/process.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { provesFamily } from './lib/prove-family.ts';

const tools = toolsHere();

const aliasPath = '/_matrix/client/v3/directory/room/{roomAlias}';
const devicesPath = '/_matrix/client/v3/devices';

await provesFamily({
  family: 'conformance',
  candidate: {
    name: 'process',
    provider: processProvider,
    tools,
    missing: requireParts({ synapse: tools.synapsePython, nginx: tools.nginx }),
  },
  deviations: {
    // Synapse 1.163.2 looks whether the room exists before it looks who is asking.
    'conformance.disc.no-token': [`operation-without-token PUT ${aliasPath}`],
    'conformance.disc.bad-token': [`operation-with-bad-token PUT ${aliasPath}`],
    // Synapse 1.163.2 answers null for devices that were never used, where the specification has the keys left out.
    'conformance.dev.dev-list': [
      `schema-violation GET ${devicesPath} → 200`,
      `schema-violation GET ${devicesPath}/{deviceId} → 200`,
    ],
  },
});
