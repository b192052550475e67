import { UsageError } from '../../core/model/usage-error.ts';
import { type Manifest, metadataOf, planName, type RunSpec, scriptName, secretName } from './manifest.ts';

export const scriptFile = 'scenario.js';
export const planFile = 'plan.json';
export const targetFile = 'target.json';
export const authoritiesFile = 'authorities.pem';
export const keyFile = 'collector-key';

/** What the API server takes in one ConfigMap or Secret. */
const mostBytes = 1_024 * 1_024;

/** The script for the runners; none when it lies on a volume. */
export function scriptConfigMap(spec: RunSpec): Manifest[] {
  return spec.script.claim === undefined
    ? [configMap(spec, scriptName(spec), { [scriptFile]: spec.script.text }, 'give it on a volume with --volume')]
    : [];
}

/** What the collector plays, and the authorities that everybody trusts. */
export function planConfigMap(spec: RunSpec): Manifest {
  const trusted = spec.authorities === undefined ? {} : { [authoritiesFile]: spec.authorities };
  return configMap(spec, planName(spec), { [planFile]: spec.plan, ...trusted }, 'name fewer authorities');
}

function configMap(spec: RunSpec, name: string, data: Record<string, string>, advice: string): Manifest {
  refuseTooLarge(`ConfigMap ${name}`, data, advice);
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadataOf(spec, name), immutable: true, data };
}

/** Accounts of the target with their passwords or tokens, and the key without which the collector answers nobody. */
export function secret(spec: RunSpec): Manifest {
  const name = secretName(spec);
  const stringData = { [targetFile]: spec.targetFile, [keyFile]: spec.collectorKey };
  refuseTooLarge(`Secret ${name}`, stringData, 'give the collector an admin token instead of a list of accounts');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: metadataOf(spec, name),
    type: 'Opaque',
    immutable: true,
    stringData,
  };
}

function refuseTooLarge(what: string, data: Record<string, string>, advice: string): void {
  const bytes = Object.values(data).reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
  if (bytes <= mostBytes) return;
  throw new UsageError(`${what} would have ${bytes} bytes, Kubernetes takes ${mostBytes}: ${advice}`);
}
