import type { Outcome } from '../../core/model/outcome.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { ServerShares } from './server/server-use.ts';

/** What `pruefstand load run --json` prints; the keys are a contract. */
export interface LoadRunReport {
  readonly scenario: string;
  readonly users: number;
  readonly durationMs: number;
  /** False when the run says nothing about the target. */
  readonly valid: boolean;
  readonly verdict: Outcome['kind'];
  readonly messages: Figures<'sent' | 'seen' | 'lost' | 'duplicated' | 'outOfOrder'>;
  readonly delivery: Figures<'samples' | 'p50Ms' | 'p95Ms' | 'p99Ms'>;
  /** No device decrypts yet: 0 samples. */
  readonly decrypt: Figures<'samples' | 'p95Ms' | 'undecryptable'>;
  readonly generator: Figures<'processes' | 'kibPerUser' | 'cpuCores' | 'loopLagP99Ms' | 'bundleBytes'>;
  /** Of what the server told of itself; absent where it tells nothing. */
  readonly server?: ServerShares;
  /** Why the verdict is what it is, in German. */
  readonly reasons: readonly string[];
}

type Figures<Name extends string> = Readonly<Record<Name, number>>;

export function loadRunReport(outcome: Outcome, scenario: Pick<Scenario, 'meta'>): LoadRunReport {
  const figures = 'measurements' in outcome ? (outcome.measurements?.figures ?? {}) : {};
  const figure = (name: string) => figures[name] ?? 0;
  const server = serverSharesIn(figures);
  return {
    scenario: scenario.meta.id,
    users: figure('users'),
    durationMs: figure('durationMs'),
    valid: outcome.kind === 'passed' || outcome.kind === 'failed',
    verdict: outcome.kind,
    messages: {
      sent: figure('sent'),
      seen: figure('seen'),
      lost: figure('lost'),
      duplicated: figure('duplicated'),
      outOfOrder: figure('outOfOrder'),
    },
    delivery: {
      samples: figure('deliverySamples'),
      p50Ms: figure('deliveryP50Ms'),
      p95Ms: figure('deliveryP95Ms'),
      p99Ms: figure('deliveryP99Ms'),
    },
    decrypt: { samples: 0, p95Ms: 0, undecryptable: 0 },
    generator: {
      processes: figure('generatorProcesses'),
      kibPerUser: figure('generatorKibPerUser'),
      cpuCores: figure('generatorCpuCores'),
      loopLagP99Ms: figure('generatorLoopLagP99Ms'),
      bundleBytes: figure('generatorBundleBytes'),
    },
    ...(server && { server }),
    reasons: reasonsOf(outcome),
  };
}

function serverSharesIn(figures: Readonly<Record<string, number>>): ServerShares | undefined {
  const { homeserverCpuShare, databaseConnectionShare } = figures;
  if (homeserverCpuShare === undefined && databaseConnectionShare === undefined) return undefined;
  return {
    ...(homeserverCpuShare !== undefined && { homeserverCpuShare }),
    ...(databaseConnectionShare !== undefined && { databaseConnectionShare }),
  };
}

function reasonsOf(outcome: Outcome): string[] {
  if (outcome.kind === 'failed') return outcome.findings.map(({ title, observed }) => `${title}: ${observed}`);
  if (outcome.kind === 'passed') return [outcome.observed];
  return [outcome.kind === 'rigFault' ? outcome.message : outcome.reason];
}
