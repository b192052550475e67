import { RigError } from '../../core/model/rig-error.ts';
import type { Text } from '../../core/model/text.ts';

/** What this machine offers. */
export interface Machine {
  readonly cores: number;
  readonly availableKib: number;
  /** How many files one process may have open. */
  readonly openFiles: number;
  /** Outgoing connections of one source address to one destination. */
  readonly portsPerAddress: number;
  /** From which the target can be reached. */
  readonly sourceAddresses: readonly string[];
}

/** What a run needs. */
export interface Demand {
  readonly users: number;
  /** Of all users together while measuring, long polls included. */
  readonly requestsPerSecond: number;
  readonly bundleBytes: number;
  /** At least so many, even where one could carry everybody. */
  readonly processes?: number;
}

/** How the users are divided among k6 processes. */
export interface MachinePlan {
  readonly slices: readonly Slice[];
  readonly usersPerVu: number;
  readonly vus: number;
  readonly neededKib: number;
  readonly neededCores: number;
}

export interface Slice {
  /** From 1. */
  readonly process: number;
  readonly firstUser: number;
  readonly users: number;
  /** Only where one address has too few ports for everybody. */
  readonly sourceAddress?: string;
}

/** More would make one event loop late; fewer would cost memory, because every VU has its own copy of the script. */
const maxUsersPerVu = 250;
const fewestVus = 2;
/** A user's poll, and now and then something beside it. */
const connectionsPerUser = 1.15;
/** Files of a process that are no connections. */
const ownFiles = 200;
/** Ports that others on this machine use. */
const portShare = 0.9;
/** Upper limits as `npm run bench:generator` shows them: an idle process, a user, a request. */
const processKib = 60_000;
const userKib = 80;
const coreSecondsPerRequest = 0.000_42;
/** k6 keeps its script about 18 times for each VU. */
const scriptCopies = 18;
const memoryShare = 0.9;
export const coreShare = 0.8;

/** Throws `generator` in one line when the machine cannot carry it. */
export function planMachine(demand: Demand, machine: Machine): MachinePlan {
  const { users } = demand;
  const usersPerProcess = Math.floor((machine.openFiles - ownFiles) / connectionsPerUser);
  if (usersPerProcess < 1) throw tooLarge(demand, openFilesText(machine));
  const processes = Math.max(Math.ceil(users / usersPerProcess), Math.min(demand.processes ?? 1, users));
  const slices = sliced(users, processes, sourceAddressesFor(demand, machine));
  const usersPerVu = Math.min(maxUsersPerVu, Math.ceil(users / processes / fewestVus));
  const vus = slices.reduce((sum, slice) => sum + Math.ceil(slice.users / usersPerVu), 0);
  const scriptKib = (vus * scriptCopies * demand.bundleBytes) / 1_024;
  const neededKib = Math.ceil(processes * processKib + users * userKib + scriptKib);
  if (neededKib > memoryShare * machine.availableKib) throw tooLarge(demand, memoryText(neededKib, machine));
  const neededCores = demand.requestsPerSecond * coreSecondsPerRequest;
  if (neededCores > coreShare * machine.cores) throw tooLarge(demand, coresText(neededCores, machine));
  return { slices, usersPerVu, vus, neededKib, neededCores };
}

function sliced(users: number, processes: number, sources: readonly string[]): Slice[] {
  return Array.from({ length: processes }, (_, index) => {
    const firstUser = Math.floor((users * index) / processes);
    const count = Math.floor((users * (index + 1)) / processes) - firstUser;
    const sourceAddress = sources[index % sources.length];
    return { process: index + 1, firstUser, users: count, ...(sourceAddress !== undefined && { sourceAddress }) };
  });
}

/** None where the operating system's own choice has ports enough. */
function sourceAddressesFor(demand: Demand, machine: Machine): readonly string[] {
  const needed = Math.ceil((demand.users * connectionsPerUser) / (machine.portsPerAddress * portShare));
  if (needed <= 1) return [];
  if (needed > machine.sourceAddresses.length) throw tooLarge(demand, addressesText(needed, machine));
  return machine.sourceAddresses;
}

/** One line before anything starts. */
export function machinePlanText({ slices, usersPerVu, vus, neededKib, neededCores }: MachinePlan): Text {
  const most = Math.max(...slices.map(({ users }) => users));
  const addresses = new Set(slices.map(({ sourceAddress }) => sourceAddress)).size;
  const [mib, cores] = [Math.ceil(neededKib / 1_024), neededCores.toFixed(2)];
  return {
    en: `Generator: k6 × ${slices.length} with up to ${most} users each; VUs: ${vus} of up to ${usersPerVu}; source addresses: ${addresses}; at most ${mib} MiB and ${cores} cores.`,
    de: `Lastgenerator: k6 × ${slices.length} mit je bis zu ${most} Personen; VUs: ${vus} zu höchstens ${usersPerVu}; Absenderadressen: ${addresses}; höchstens ${mib} MiB und ${cores} Kerne.`,
  };
}

function tooLarge({ users }: Demand, why: { en: string; de: string }): RigError {
  return new RigError('generator', {
    en: `This machine cannot play ${users} users: ${why.en}; choose fewer with --users or spread them with load kubernetes.`,
    de: `Diese Maschine kann ${users} Personen nicht simulieren: ${why.de}; weniger mit --users wählen oder mit load kubernetes verteilen.`,
  });
}

const mibOf = (kib: number) => Math.ceil(kib / 1_024);

const openFilesText = ({ openFiles }: Machine) => ({
  en: `a process may open only ${openFiles} files (ulimit -n)`,
  de: `ein Prozess darf nur ${openFiles} Dateien öffnen (ulimit -n)`,
});

const memoryText = (neededKib: number, { availableKib }: Machine) => ({
  en: `${mibOf(neededKib)} MiB of memory are needed, ${mibOf(availableKib)} MiB are free`,
  de: `${mibOf(neededKib)} MiB Arbeitsspeicher sind nötig, ${mibOf(availableKib)} MiB sind frei`,
});

const coresText = (needed: number, { cores }: Machine) => ({
  en: `${needed.toFixed(1)} processor cores are needed, ${(coreShare * cores).toFixed(1)} of ${cores} may be used`,
  de: `${needed.toFixed(1)} Prozessorkerne sind nötig, ${(coreShare * cores).toFixed(1)} von ${cores} dürfen belegt werden`,
});

const addressesText = (needed: number, { sourceAddresses, portsPerAddress }: Machine) => ({
  en: `${needed} source addresses with ${portsPerAddress} ports each are needed, there are ${sourceAddresses.length}`,
  de: `${needed} Absenderadressen mit je ${portsPerAddress} Ports sind nötig, vorhanden sind ${sourceAddresses.length}`,
});
