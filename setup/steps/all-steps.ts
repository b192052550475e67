import { defaultSynapse } from '../synapse/synapse.ts';
import type { Purpose } from '../system/packages.ts';
import { elementShellStep } from './element-shell.step.ts';
import { hydrogenShellStep } from './hydrogen-shell.step.ts';
import { k6Step } from './k6.step.ts';
import type { SetupStep } from './step.ts';
import { synapseStep } from './synapse.step.ts';
import { systemPackagesStep } from './system-packages.step.ts';

export const allSteps = (purpose: Purpose, synapseVersion: string = defaultSynapse): readonly SetupStep[] => [
  systemPackagesStep(purpose),
  k6Step,
  synapseStep(synapseVersion),
  elementShellStep,
  hydrogenShellStep,
];
