import { processProvider } from '../deployment/providers/process.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { provesFamily } from './lib/prove-family.ts';

const { docker: _d, redis: _r, ...tools } = toolsHere();

await provesFamily({
  family: 'encryption',
  candidate: {
    name: 'process',
    provider: processProvider,
    tools,
    missing: requireParts({ synapse: tools.synapsePython, nginx: tools.nginx }),
  },
});
