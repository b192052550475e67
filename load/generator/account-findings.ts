import type { Finding } from '../../core/model/finding.ts';
import type { LoadRun } from './load-run.ts';

/** Polls without news that may be answered before their time: now and then one is woken by what does not concern it. */
const earlyShare = 0.05;
export const contractPrefix = 'contract ';

/** What was not as it must be, whatever the time it took: contracts, limits, room keys, the backup, polls. */
export function accountFindings(run: LoadRun): Finding[] {
  return [contract(run), givenUp(run), lostKeys(run), doubledKeys(run), lostBackup(run), earlyPolls(run)].filter(
    (finding) => finding !== undefined,
  );
}

function contract({ tally }: LoadRun): Finding | undefined {
  const breaches = Object.entries(tally.errors).filter(([kind]) => kind.startsWith(contractPrefix));
  if (breaches.length === 0) return undefined;
  const kinds = breaches.map(([kind, count]) => `${kind.slice(contractPrefix.length)}: ${count}`);
  return {
    code: 'contract-broken',
    title: 'Antworten fehlt, was die Spezifikation verlangt',
    expected: 'Jede erfolgreiche Antwort hat alle vorgeschriebenen Felder.',
    observed: `Es fehlten (Aufruf und Feld): ${kinds.join(', ')}.`,
    where: '/_matrix/client/v3',
  };
}

function givenUp({ tally, scenario }: LoadRun): Finding | undefined {
  const count = tally.counters.givenUp ?? 0;
  if (count === 0 || scenario.levels.toleratesLimits === true) return undefined;
  return {
    code: 'action-given-up',
    title: 'Aktionen unterblieben',
    expected: 'Der Server nimmt an, was Personen tun, spätestens bei der Wiederholung nach der genannten Wartezeit.',
    observed: `${count} Aktionen wurden auch nach Wiederholung nicht angenommen; begrenzt (429) wurden ${tally.counters.throttled ?? 0} Anfragen.`,
    where: '/_matrix/client/v3',
  };
}

const toDevice = 'PUT /_matrix/client/v3/sendToDevice/m.room.encrypted/{txnId}';

function lostKeys({ tally }: LoadRun): Finding | undefined {
  const { keysShared = 0, keysSeen = 0 } = tally.counters;
  if (keysSeen >= keysShared) return undefined;
  return {
    code: 'key-lost',
    title: 'Raumschlüssel kamen nicht an',
    expected: 'Jeder Raumschlüssel, den der Server angenommen hat, erreicht das Gerät, für das er bestimmt ist.',
    observed: `Mindestens ${keysShared - keysSeen} von ${keysShared} Raumschlüsseln kamen nicht an.`,
    where: toDevice,
  };
}

function doubledKeys({ tally }: LoadRun): Finding | undefined {
  const { keysDuplicated = 0, keysShared = 0 } = tally.counters;
  if (keysDuplicated === 0) return undefined;
  return {
    code: 'key-duplicated',
    title: 'Raumschlüssel kamen doppelt an',
    expected: 'Jeder Raumschlüssel erreicht sein Gerät genau einmal.',
    observed: `${keysDuplicated} von ${keysShared} Raumschlüsseln kamen mehr als einmal.`,
    where: toDevice,
  };
}

function lostBackup({ tally, scenario }: LoadRun): Finding | undefined {
  const { sessionsBackedUp = 0, sessionsRestored = 0 } = tally.counters;
  if (scenario.levels.actions?.restoreKeys === undefined || sessionsRestored >= sessionsBackedUp) return undefined;
  return {
    code: 'backup-incomplete',
    title: 'Gesicherte Schlüssel fehlen',
    expected: 'Ein neues Gerät erhält jeden gesicherten Raumschlüssel zurück.',
    observed: `${sessionsBackedUp - sessionsRestored} von ${sessionsBackedUp} gesicherten Raumschlüsseln kamen nicht zurück.`,
    where: 'GET /_matrix/client/v3/room_keys/keys',
  };
}

function earlyPolls({ tally, scenario }: LoadRun): Finding | undefined {
  const { earlyPolls: early = 0, emptyPolls = 0 } = tally.counters;
  if (scenario.levels.actions?.pollOverhead === undefined || early <= earlyShare * emptyPolls) return undefined;
  return {
    code: 'poll-early',
    title: 'Synchronisierungen ohne Neuigkeiten werden zu früh beantwortet',
    expected:
      'Ohne Neuigkeiten wartet der Server so lange, wie das Gerät es verlangt; sonst fragt jedes Gerät unablässig.',
    observed: `${early} von ${emptyPolls} Antworten ohne Neuigkeiten kamen vor der Zeit.`,
    where: 'GET /_matrix/client/v3/sync',
  };
}
