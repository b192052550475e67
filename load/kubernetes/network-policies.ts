import {
  collectorName,
  collectorPort,
  k6ApiPort,
  labelsOf,
  type Manifest,
  metadataOf,
  type Role,
  type RunSpec,
} from './manifest.ts';

/** k6's interface asks nobody who they are; only the operator and its starter may reach it, and only runners the collector. */
export function networkPolicies(spec: RunSpec): Manifest[] {
  const operator = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': spec.operatorNamespace } } };
  return [
    policy(spec, 'runner', k6ApiPort, [podsOf(spec, 'starter'), operator]),
    policy(spec, 'collector', collectorPort, [podsOf(spec, 'runner')]),
    policy(spec, 'starter'),
  ];
}

const podsOf = (spec: RunSpec, role: Role) => ({ podSelector: { matchLabels: labelsOf(spec, role) } });

/** Nothing may come in but on `port` from `from`. */
function policy(spec: RunSpec, role: Role, port?: number, from: readonly object[] = []): Manifest {
  const name = role === 'collector' ? collectorName(spec) : `${spec.name}-${role}`;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(spec, name),
    spec: {
      podSelector: { matchLabels: labelsOf(spec, role) },
      policyTypes: ['Ingress'],
      ingress: port === undefined ? [] : [{ from, ports: [{ protocol: 'TCP', port }] }],
    },
  };
}
