import { processProvider } from '../deployment/providers/process.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { provesFamily } from './lib/prove-family.ts';

const tools = toolsHere();

await provesFamily({
  family: 'accessibility',
  candidate: {
    name: 'process',
    provider: processProvider,
    tools,
    missing: requireParts({
      synapse: tools.synapsePython,
      nginx: tools.nginx,
      chromium: tools.chromium,
      'element shell': tools.elementShellDist,
    }),
  },
});
