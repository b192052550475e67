import { installSynapse } from '../synapse/install-synapse.ts';
import { locateSynapse } from '../synapse/synapse.ts';
import type { SetupStep } from './step.ts';

/** The homeserver of the reference deployment when it is made of processes. After the system packages, which may bring Python's venv. */
export const synapseStep = (version: string): SetupStep => ({
  name: 'synapse',
  title: `Synapse ${version}`,
  optional: false,
  after: ['system-packages'],
  isReady: () => locateSynapse(version) !== undefined,
  lacking: () => (locateSynapse(version) === undefined ? ['synapse'] : []),
  install: (task) => installSynapse(version, task),
});
