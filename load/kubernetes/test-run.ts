import { scriptFile } from './files.ts';
import {
  containerSecurity,
  labelsOf,
  type Manifest,
  metadataOf,
  podSecurity,
  type RunSpec,
  scriptName,
} from './manifest.ts';
import { k6User, runnerPod } from './runner-pod.ts';

/** Results go to the collector alone; k6's own summary holds no histogram and cannot be merged. */
const k6Arguments = [
  '--summary-mode=disabled',
  '--no-thresholds',
  '--no-usage-report',
  '--no-color',
  '--log-format=raw',
];

/** The run for the k6-operator (k6.io/v1alpha1, written for its version 1.6.0). */
export function testRun(spec: RunSpec): Manifest {
  return {
    apiVersion: 'k6.io/v1alpha1',
    kind: 'TestRun',
    metadata: metadataOf(spec, spec.name),
    spec: {
      parallelism: spec.runners,
      script: scriptOf(spec),
      args: k6Arguments,
      // It would run the script without the files that only a runner is given.
      initializer: { disabled: true },
      starter: {
        image: spec.images.starter,
        metadata: { labels: labelsOf(spec, 'starter') },
        automountServiceAccountToken: 'false',
        securityContext: podSecurity(k6User),
        containerSecurityContext: containerSecurity,
      },
      runner: runnerPod(spec),
    },
  };
}

function scriptOf(spec: RunSpec) {
  const { claim } = spec.script;
  return claim === undefined
    ? { configMap: { name: scriptName(spec), file: scriptFile } }
    : { volumeClaim: { name: claim, file: scriptFile, readOnly: true } };
}
