import type { Estimate, SizingRow, Workers } from '../../../core/model/sizing.ts';
import { type Demand, type DemandAssumptions, demandOf } from '../demand/first-order.ts';
import type { Stage } from '../demand/stages.ts';
import { isExtrapolated } from '../model/predict.ts';
import { useAt } from './cost-model.ts';
import { estimateUse, type TableEvidence } from './evidence.ts';
import { postgresRamGib } from './postgres.ts';
import { listeningShare, type WorkerPlan, workersFor } from './workers.ts';

export interface RowOptions {
  readonly stage: Stage;
  readonly assumptions: DemandAssumptions;
  readonly evidence: TableEvidence;
  /** Share of a core that a Synapse process used where a limit broke; 1 when none broke. */
  readonly kneeShare: number;
  readonly limitingResource: string;
  readonly largestRoom: number;
  readonly reliable: boolean;
}

/** So much of the knee is planned with; the rest is for what nobody foresees. */
export const plannedShareOfKnee = 0.6;

const gib = 1_024 ** 3;
/** Assumption: headers, encryption and acknowledgements on top of bodies. */
const transportFactor = 1.3;
const memoryReserve = 1.25;

/** What one stage needs: demand by arithmetic, use by what polls and messages were measured to cost. */
export function sizingRow(options: RowOptions): SizingRow {
  const { stage, evidence, limitingResource, largestRoom, reliable } = options;
  const assumptions = { ...options.assumptions, ...stage.use };
  const demand = demandOf(stage.accounts, assumptions);
  const load = [demand.pollsPerSecond, demand.peakMessagesPerSecond] as const;
  const timesMeasured = Math.max(
    demand.onlineDevices / evidence.measuredUsers,
    demand.peakMessagesPerSecond / evidence.measuredMessagesPerSecond,
  );
  const plan = workerPlan(options, demand);
  const workers = plan?.kind === 'enough' ? plan.workers : null;
  const synapse = estimateUse(evidence, 'synapse cores', load);
  const postgres = estimateUse(evidence, 'postgres cores', load);
  const pages = estimateUse(evidence, 'postgres page writes', load);
  const bytes = estimateUse(evidence, 'sync bytes', load);
  return {
    stage: stage.name,
    accounts: stage.accounts,
    profile: assumptions.profile,
    ...rounded(demand),
    largestRoom,
    endToEnd: 'shaped',
    syncMode: 'v2',
    timesMeasured: round(timesMeasured, 2),
    extrapolated: isExtrapolated(timesMeasured),
    reliable,
    synapseCores: synapse ? eachOf(synapse, (value) => round(value, 3)) : null,
    workers,
    vCpu: synapse && workers ? eachOf(synapse, (cores) => virtualCpus(cores, workers, options, demand)) : null,
    ramGib: workers && evidence.memory ? ramGib(workers, demand, evidence.memory) : null,
    postgresVCpu: postgres ? eachOf(postgres, (cores) => Math.max(1, Math.ceil(cores / plannedShareOfKnee))) : null,
    postgresRamGib: postgresRamGib(stage.accounts, demand.databaseBytesPerYear),
    postgresPageWritesPerSecond: pages ? Math.ceil(pages.value) : null,
    databaseGrowthGibPerYear: round(demand.databaseBytesPerYear / gib, 1),
    mediaGibPerYear: round(demand.mediaBytesPerYear / gib, 1),
    connections: Math.round(demand.connections),
    bandwidthMbitPerSecond: bytes ? round((bytes.value * 8 * transportFactor) / 1e6, 2) : null,
    plannedShareOfKnee,
    limitingResource,
    evidence: evidence.runIds,
    notes: notesFor(options, demand, plan),
  };
}

function workerPlan({ evidence, kneeShare }: RowOptions, demand: Demand): WorkerPlan | undefined {
  const cost = evidence.costs['synapse cores'];
  if (cost === undefined) return undefined;
  return workersFor({
    pollCores: cost.perPoll * demand.pollsPerSecond,
    messageCores: cost.perMessage * demand.peakMessagesPerSecond,
    peakMessagesPerSecond: demand.peakMessagesPerSecond,
    loginsPerSecond: demand.loginsPerSecond,
    usableShare: plannedShareOfKnee * kneeShare,
  });
}

/** Own work with headroom, what every worker needs to listen, and the edge. */
function virtualCpus(cores: number, workers: Workers, { evidence, kneeShare }: RowOptions, demand: Demand): number {
  const listening = workers.total > 1 ? workers.total * listeningShare(demand.peakMessagesPerSecond) : 0;
  const edge = evidence.costs['nginx cores'];
  const edgeCores = edge ? useAt(edge, demand.pollsPerSecond, demand.peakMessagesPerSecond) : 0;
  return Math.max(1, Math.ceil((cores + edgeCores) / (plannedShareOfKnee * kneeShare) + listening));
}

function ramGib(workers: Workers, { onlineDevices }: Demand, memory: NonNullable<TableEvidence['memory']>): number {
  const mib = workers.total * memory.baseMib + onlineDevices * memory.perUserMib;
  return Math.max(1, Math.ceil((mib * memoryReserve) / 1_024));
}

function rounded(demand: Demand) {
  return {
    onlineDevices: Math.round(demand.onlineDevices),
    pollsPerSecond: round(demand.pollsPerSecond, 1),
    messagesPerSecond: round(demand.messagesPerSecond, 3),
    peakMessagesPerSecond: round(demand.peakMessagesPerSecond, 3),
    loginsPerSecond: round(demand.loginsPerSecond, 2),
  };
}

const eachOf = ({ value, low, high }: Estimate, change: (value: number) => number): Estimate => ({
  value: change(value),
  low: change(low),
  high: change(high),
});

/** Where so much of what a worker may use goes into listening, another architecture is cheaper. */
const muchListening = 0.5;

function notesFor({ kneeShare }: RowOptions, demand: Demand, plan: WorkerPlan | undefined): string[] {
  if (plan === undefined)
    return ['Was Abfragen und Nachrichten den Server kosten, ließ sich nicht bestimmen; nur der Bedarf ist genannt.'];
  if (plan.kind === 'tooMany')
    return [
      'Mit Workern der freien Synapse nicht zu tragen: Schon das Mithören füllt, was von einem Kern genutzt werden darf.',
    ];
  const listening = listeningShare(demand.peakMessagesPerSecond) / (plannedShareOfKnee * kneeShare);
  if (plan.workers.total === 1 || listening < muchListening) return [];
  const share = Math.round(100 * listening);
  return [`Von dem, was ein Worker nutzen darf, gehen ${share} % ins Mithören; mehrere Homeserver sind zu erwägen.`];
}

function round(value: number, digits: number): number {
  return Number.isFinite(value) ? Math.round(value * 10 ** digits) / 10 ** digits : value;
}
