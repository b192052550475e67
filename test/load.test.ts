import { asAnyFamily } from '../cli/families.ts';
import { processProvider } from '../deployment/providers/process.ts';
import { createLoadFamily } from '../load/generator/family.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { provesFamily } from './lib/prove-family.ts';

const tools = toolsHere();

await provesFamily({
  family: 'load',
  // Capacity is measured by a run of its own; here it only counts that the scenario tells good from bad.
  variant: asAnyFamily(createLoadFamily({ scale: 'proof' })),
  // Half a minute for each of their defects: `npx pruefstand prove --only load` shows the others.
  leftOut: (id) => id !== 'load.office-day',
  candidate: {
    name: 'process',
    provider: processProvider,
    tools,
    missing: requireParts({ synapse: tools.synapsePython, nginx: tools.nginx, k6: tools.k6 }),
  },
});
