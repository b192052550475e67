import type { Sizing } from '../../core/model/sizing.ts';
import { entries } from '../renderers/html/entries.ts';
import { costWords, resourceWords, sizingWords as words } from '../texts/sizing.ts';
import { counted, numberText, timeText } from '../texts/wording.ts';
import { table } from './table.ts';
import { figure, preciseFigure } from './values.ts';

/** What a planner asks first. */
export function keyFacts(sizing: Sizing) {
  const { limitingResource, holdOut, standing, knee, parameters, intervals } = sizing;
  const withInterval = (name: 'lambda' | 'alpha' | 'beta') => {
    if (parameters === null) return undefined;
    const interval = intervals[name];
    const range = interval ? ` (${preciseFigure(interval.low)}–${preciseFigure(interval.high)})` : '';
    return `${preciseFigure(parameters[name])}${range}`;
  };
  return entries([
    [words.standingLabel, words.standing[standing]],
    [words.limiting, resourceWords(limitingResource)],
    [words.holdOut, holdOutText(holdOut)],
    [words.lambda, withInterval('lambda')],
    [words.alpha, withInterval('alpha')],
    [words.beta, withInterval('beta')],
    [words.peak, knee.peakUsers === null ? undefined : counted(knee.peakUsers, 'Person', 'Personen')],
  ]);
}

function holdOutText(holdOut: Sizing['holdOut']): string {
  if (holdOut === null) return words.noHoldOut;
  const { predicted, observed, errorShare, reliable } = holdOut;
  const error = `${figure(100 * errorShare)} %`;
  return `${words.holdOutValue(figure(predicted), figure(observed), error)}: ${reliable ? words.reliable : words.unreliable}`;
}

export function costTable({ costs }: Sizing) {
  const perSecond = { cores: 'ms Rechenzeit', bytes: 'Byte', pages: 'Seiten' } as const;
  const scale = (unit: keyof typeof perSecond, value: number) =>
    preciseFigure(unit === 'cores' ? 1_000 * value : value);
  const rows = Object.entries(costs).filter(([, cost]) => cost.base + cost.perPoll + cost.perMessage > 0);
  return table(
    words.costTable,
    [
      { head: 'Was', words: true, cell: ([key]) => costWords(key) },
      { head: 'Einheit', words: true, cell: ([, { unit }]) => perSecond[unit] },
      { head: 'Grundlast je Sekunde', cell: ([, cost]) => scale(cost.unit, cost.base) },
      { head: 'je Abfrage ohne Neues', cell: ([, cost]) => scale(cost.unit, cost.perPoll) },
      { head: 'je Nachricht mit allen Folgen', cell: ([, cost]) => scale(cost.unit, cost.perMessage) },
    ],
    rows,
  );
}

export function conditionFacts({ conditions, steps, table: [first] }: Sizing) {
  const { machine, pinning, versions } = conditions;
  return entries([
    ['Ziel', conditions.target],
    ['Szenario', conditions.scenario],
    ['Begonnen', timeText(conditions.startedAt)],
    ['Messdauer je Lauf', `${numberText(conditions.durationS)} s`],
    ['Läufe je Stufe, gewünscht', numberText(conditions.runsPerStep)],
    ['Läufe insgesamt', numberText(steps.reduce((sum, { runs, invalidRuns }) => sum + runs + invalidRuns, 0))],
    ['Dichte', `${numberText(conditions.compression)}-mal die Hauptstunde des Profils ${conditions.profile}`],
    ['Startwert', conditions.seed],
    [
      'Rechner',
      `${counted(machine.cores, 'Kern', 'Kerne')}, ${machine.processor}, ${numberText(machine.memoryGib)} GiB`,
    ],
    ['Kerne des Servers', pinning === null ? 'nicht getrennt' : pinning.homeserver],
    ['Kerne des Lastgenerators', pinning === null ? 'nicht getrennt' : pinning.generator],
    [
      'Software',
      Object.entries(versions)
        .map((pair) => pair.join(' '))
        .join(', '),
    ],
    ['Läufe, auf denen die Tabellen beruhen', first?.evidence.join(', ')],
  ]);
}
