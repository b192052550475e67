import { stringify } from 'yaml';
import {
  applicationServiceFile,
  benchRegistration,
  logConfiguration,
  logConfigurationFile,
  registrationFile,
  type SynapsePlan,
  signingKeyFile,
  synapseConfiguration,
  tlsFiles,
  workerConfiguration,
} from './synapse-configuration.ts';

/** Writes everything Synapse reads at its start into `folder`, which Synapse sees as `plan.directory`. */
export async function writeSynapseFiles(
  plan: SynapsePlan,
  folder: string,
  write: (path: string, text: string) => Promise<void>,
): Promise<void> {
  const files: Record<string, string> = {
    'homeserver.yaml': stringify(synapseConfiguration(plan)),
    [logConfigurationFile]: stringify(logConfiguration),
    [registrationFile]: stringify(benchRegistration(plan.secrets)),
    [signingKeyFile]: plan.secrets.signingKey,
  };
  for (const [index, registration] of (plan.applicationServices ?? []).entries()) {
    files[applicationServiceFile(index)] = stringify(registration);
  }
  if (plan.tls !== undefined) {
    files[tlsFiles.certificate] = plan.tls.certificate;
    files[tlsFiles.key] = plan.tls.key;
  }
  for (const worker of plan.workers?.instances ?? []) {
    files[`${worker.name}.yaml`] = stringify(workerConfiguration(plan, worker));
  }
  await Promise.all(Object.entries(files).map(([name, text]) => write(`${folder}/${name}`, text)));
}
