import { installSynapse } from '../synapse/install-synapse.ts';
import { defaultSynapse, locateSynapse, synapsePins } from '../synapse/synapse.ts';
import type { SetupStep } from './step.ts';

/** The homeserver of the reference deployment when it is made of processes. After the system packages, which may bring Python's venv. */
export const synapseStep: SetupStep = {
  name: 'synapse',
  title: `Synapse ${defaultSynapse}`,
  pins: [synapsePins(defaultSynapse)],
  optional: false,
  after: ['system-packages'],
  isReady: () => locateSynapse() !== undefined,
  lacking: () => (locateSynapse() === undefined ? ['synapse'] : []),
  install: (task) => installSynapse(defaultSynapse, task),
};
