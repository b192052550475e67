import { processProvider } from '../deployment/providers/process.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { provesFamily } from './lib/prove-family.ts';

const tools = toolsHere();

await provesFamily({
  family: 'load',
  candidate: {
    name: 'process',
    provider: processProvider,
    tools,
    missing: requireParts({ synapse: tools.synapsePython, nginx: tools.nginx, k6: tools.k6 }),
  },
});
