/** One object of a cluster, as it is written to YAML. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

export interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Everything the manifests of one run follow from. */
export interface RunSpec {
  /** Of the TestRun; all other names begin with it. */
  readonly name: string;
  readonly namespace: string;
  /** Where the k6-operator runs: it asks the runners whether they are ready. */
  readonly operatorNamespace: string;
  readonly images: { readonly k6: string; readonly starter: string; readonly collector: string };
  readonly runners: number;
  readonly runner: PodSize;
  readonly collector: PodSize;
  /** The bundled scenario; `claim` names a volume it is copied to instead of a ConfigMap. */
  readonly script: { readonly text: string; readonly claim?: string };
  /** What the collector is to play, as JSON. Holds no secret. */
  readonly plan: string;
  /** The target file with its secrets filled in, as JSON. */
  readonly targetFile: string;
  /** PEM; authorities the target's certificates come from beside the public ones. */
  readonly authorities?: string;
  readonly proxyUrl?: string;
  /** Shared by runners and collector; new for every run. */
  readonly collectorKey: string;
}

export interface PodSize {
  readonly memoryMib: number;
  readonly cpuMillis: number;
}

export const collectorPort = 8_080;
export const k6ApiPort = 6_565;

/** Service and Job. */
export const collectorName = ({ name }: RunSpec) => `${name}-collector`;
export const collectorUrl = (spec: RunSpec) => `http://${collectorName(spec)}:${collectorPort}`;
export const secretName = ({ name }: RunSpec) => `${name}-secret`;
export const scriptName = ({ name }: RunSpec) => `${name}-script`;
export const planName = ({ name }: RunSpec) => `${name}-plan`;

/** Who a pod is; the operator adds `app: k6` and `k6_cr: <name>` to those it makes. */
export type Role = 'runner' | 'starter' | 'collector';

export function labelsOf({ name }: RunSpec, role?: Role): Record<string, string> {
  const run = { 'app.kubernetes.io/name': 'pruefstand', 'app.kubernetes.io/instance': name };
  return role === undefined ? run : { ...run, 'app.kubernetes.io/component': role };
}

export function metadataOf(spec: RunSpec, name: string): Metadata {
  return { name, namespace: spec.namespace, labels: labelsOf(spec) };
}

/** Nothing a pod of the load test does needs more rights than these. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const;

export const podSecurity = (user: number) =>
  ({
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: 'RuntimeDefault' },
  }) as const;

/** Memory is bounded; processor time is not, because being held back would make the measurement late. */
export const resourcesOf = ({ memoryMib, cpuMillis }: PodSize) => ({
  requests: { memory: `${memoryMib}Mi`, cpu: `${cpuMillis}m` },
  limits: { memory: `${memoryMib}Mi` },
});
