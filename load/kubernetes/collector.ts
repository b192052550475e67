import { authoritiesFile, keyFile, planFile, targetFile } from './files.ts';
import {
  collectorName,
  collectorPort,
  containerSecurity,
  labelsOf,
  type Manifest,
  metadataOf,
  planName,
  podSecurity,
  type RunSpec,
  resourcesOf,
  secretName,
} from './manifest.ts';

const planFolder = '/pruefstand/plan';
/** Where the target file in the Secret finds its authorities. */
export const authoritiesPath = `${planFolder}/${authoritiesFile}`;
const secretFolder = '/pruefstand/secret';
/** Of the user `node` in the image the suite's own is built from. */
const nodeUser = 1_000;

export function collectorService(spec: RunSpec): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(spec, collectorName(spec)),
    spec: {
      selector: labelsOf(spec, 'collector'),
      ports: [{ name: 'http', port: collectorPort, targetPort: collectorPort, protocol: 'TCP' }],
    },
  };
}

/** A Job, because it ends with the verdict; it is never started anew: what it had counted would be gone. */
export function collectorJob(spec: RunSpec): Manifest {
  const labels = labelsOf(spec, 'collector');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { ...metadataOf(spec, collectorName(spec)), labels },
    spec: {
      backoffLimit: 0,
      template: {
        metadata: { labels },
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          securityContext: podSecurity(nodeUser),
          containers: [container(spec)],
          volumes: [
            { name: 'plan', configMap: { name: planName(spec) } },
            { name: 'secret', secret: { secretName: secretName(spec) } },
            { name: 'work', emptyDir: {} },
          ],
        },
      },
    },
  };
}

function container(spec: RunSpec) {
  const options = {
    plan: `${planFolder}/${planFile}`,
    target: `${secretFolder}/${targetFile}`,
    'key-file': `${secretFolder}/${keyFile}`,
    listen: `0.0.0.0:${collectorPort}`,
  };
  const words = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  return {
    name: 'collector',
    image: spec.images.collector,
    imagePullPolicy: 'IfNotPresent',
    args: ['load', 'collect', ...words, '--json'],
    env: [
      { name: 'TMPDIR', value: '/pruefstand/work' },
      { name: 'PRUEFSTAND_RUNS', value: '/pruefstand/work/runs' },
    ],
    ports: [{ name: 'http', containerPort: collectorPort }],
    readinessProbe: { httpGet: { path: '/alive', port: collectorPort }, periodSeconds: 2 },
    resources: resourcesOf(spec.collector),
    securityContext: containerSecurity,
    volumeMounts: [
      { name: 'plan', mountPath: planFolder, readOnly: true },
      { name: 'secret', mountPath: secretFolder, readOnly: true },
      { name: 'work', mountPath: '/pruefstand/work' },
    ],
  };
}
