import { stringify } from 'yaml';
import { collectorJob, collectorService } from './collector.ts';
import { planConfigMap, scriptConfigMap, scriptFile, secret } from './files.ts';
import type { Manifest, RunSpec } from './manifest.ts';
import { networkPolicies } from './network-policies.ts';
import { testRun } from './test-run.ts';

export interface WrittenFile {
  readonly name: string;
  readonly text: string;
  /** Only its owner may read it. */
  readonly secret: boolean;
}

/** Everything that is applied, in that order: doors are closed before anything listens behind them. */
export function manifestFiles(spec: RunSpec): Record<string, readonly Manifest[]> {
  return {
    '1-network.yaml': networkPolicies(spec),
    '2-secret.yaml': [secret(spec)],
    '3-files.yaml': [planConfigMap(spec), ...scriptConfigMap(spec)],
    '4-collector.yaml': [collectorService(spec), collectorJob(spec)],
    '5-test-run.yaml': [testRun(spec)],
  };
}

/** The manifests as text; with a volume also the script that must be copied there. */
export function renderedFiles(spec: RunSpec): WrittenFile[] {
  const files = Object.entries(manifestFiles(spec)).map(([name, manifests]) => ({
    name,
    text: manifests
      .map((manifest) => stringify(manifest, { lineWidth: 0, aliasDuplicateObjects: false }))
      .join('---\n'),
    secret: manifests.some(({ kind }) => kind === 'Secret'),
  }));
  const { claim, text } = spec.script;
  return claim === undefined ? files : [...files, { name: scriptFile, text, secret: false }];
}
