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
  deviations: {
    // The reference client's own markup and colours: matrix-react-sdk 3.114.0, whose components the shell leaves alone.
    'accessibility.criteria.contrast': ['color-contrast-home Startseite: kbd', 'color-contrast-room Raum: kbd'],
    'accessibility.criteria.label-in-name': [
      'label-content-name-mismatch-home Startseite: .mx_RoomSearch',
      'label-content-name-mismatch-room Raum: .mx_RoomSearch',
    ],
  },
});
