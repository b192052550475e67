import { collectorKeyVariable, collectorVariable, instanceVariable } from '../scenarios/collector-protocol.ts';
import { planVariable, usersVariable } from '../scenarios/load-plan.ts';
import { authoritiesFile, keyFile } from './files.ts';
import {
  collectorName,
  collectorUrl,
  containerSecurity,
  k6ApiPort,
  labelsOf,
  planName,
  podSecurity,
  type RunSpec,
  resourcesOf,
  secretName,
} from './manifest.ts';

const inputFolder = '/pruefstand/input';
const trustFolder = '/pruefstand/trust';
const keyFolder = '/pruefstand/key';
/** Of the user `k6` in its image. */
export const k6User = 12_345;

/** The runners' half of a TestRun: every one is told the same and learns from its own name which it is. */
export function runnerPod(spec: RunSpec) {
  return {
    image: spec.images.k6,
    imagePullPolicy: 'IfNotPresent',
    metadata: { labels: labelsOf(spec, 'runner') },
    automountServiceAccountToken: 'false',
    env: environment(spec),
    resources: resourcesOf(spec.runner),
    securityContext: podSecurity(k6User),
    containerSecurityContext: containerSecurity,
    livenessProbe: patientProbe,
    readinessProbe: patientProbe,
    topologySpreadConstraints: [spreadOverNodes(spec)],
    initContainers: [fetchInput(spec)],
    volumes: volumes(spec),
    volumeMounts: [
      { name: 'input', mountPath: inputFolder, readOnly: true },
      { name: 'key', mountPath: keyFolder, readOnly: true },
      ...trustMount(spec),
    ],
  };
}

/** The operator's own probe gives up after three seconds; a busy k6 would be killed in the middle of the run. */
const patientProbe = {
  httpGet: { path: '/v1/status', port: k6ApiPort, scheme: 'HTTP' },
  timeoutSeconds: 10,
  periodSeconds: 10,
  failureThreshold: 12,
};

function spreadOverNodes(spec: RunSpec) {
  return {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: labelsOf(spec, 'runner') },
  };
}

function environment(spec: RunSpec) {
  const proxy = spec.proxyUrl;
  const variables: Record<string, string> = {
    [planVariable]: `${inputFolder}/plan.json`,
    [usersVariable]: `${inputFolder}/users.json`,
    [collectorVariable]: collectorUrl(spec),
    [collectorKeyVariable]: `${keyFolder}/${keyFile}`,
    // Every runner would prepare for itself; the collector prepares once for all.
    K6_NO_SETUP: 'true',
    K6_NO_TEARDOWN: 'true',
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    // As on one machine: a connection for each device, and memory rather than processor time spared.
    GODEBUG: 'http2client=0',
    GOGC: '50',
    ...(spec.authorities !== undefined && { SSL_CERT_DIR: `${trustFolder}:/etc/ssl/certs` }),
    ...(proxy !== undefined && { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: collectorName(spec) }),
  };
  const given = Object.entries(variables).map(([name, value]) => ({ name, value }));
  return [...given, ofPod(instanceVariable, 'metadata.uid')];
}

const ofPod = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });

/** Waits until the collector has prepared everything, so that no runner starts before; two hours at most. */
const fetchScript = `set -eu
runner="\${RUNNER_JOB##*-}"
key="$(cat ${keyFolder}/${keyFile})"
for part in plan users; do
  tries=0
  until wget -q -T 60 --header "Authorization: Bearer $key" -O "${inputFolder}/$part.json" "$COLLECTOR/runners/$runner/$part"; do
    tries=$((tries + 1))
    [ "$tries" -lt 1440 ] || { echo "collector gave no $part for runner $runner" >&2; exit 1; }
    sleep 5
  done
done`;

/** The plan and the people of this runner, with their access tokens, into memory that goes with the pod. */
function fetchInput(spec: RunSpec) {
  return {
    name: 'fetch-input',
    image: spec.images.k6,
    command: ['sh', '-c', fetchScript],
    env: [{ name: 'COLLECTOR', value: collectorUrl(spec) }, ofPod('RUNNER_JOB', "metadata.labels['job-name']")],
    resources: resourcesOf({ memoryMib: 128, cpuMillis: 50 }),
    volumeMounts: [
      { name: 'input', mountPath: inputFolder },
      { name: 'key', mountPath: keyFolder, readOnly: true },
    ],
  };
}

function volumes(spec: RunSpec) {
  const trust = { name: planName(spec), items: [{ key: authoritiesFile, path: authoritiesFile }] };
  return [
    { name: 'input', emptyDir: { medium: 'Memory' } },
    { name: 'key', secret: { secretName: secretName(spec), items: [{ key: keyFile, path: keyFile }] } },
    ...(spec.authorities === undefined ? [] : [{ name: 'trust', configMap: trust }]),
  ];
}

function trustMount({ authorities }: RunSpec) {
  return authorities === undefined ? [] : [{ name: 'trust', mountPath: trustFolder, readOnly: true }];
}
