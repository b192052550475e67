import type { Language, Text } from '../../../core/model/text.ts';
import type { MeasuredRun } from '../measured-run.ts';
import { breachesOf } from '../search/breaches.ts';
import { type NextRun, nextRun, type SearchPlan } from '../search/next-run.ts';
import { type MeasureOptions, measureRun, runDurationS } from './measure-run.ts';
import type { StepsFile } from './steps-file.ts';

/** Measures until the plan has all it wants; each run is in the file before the next begins. */
export async function playSweep(plan: SearchPlan, file: StepsFile, options: MeasureOptions): Promise<void> {
  for (let next = nextRun(plan, file.runs); next !== undefined; next = nextRun(plan, file.runs)) {
    const id = `${file.runs.length + 1}`.padStart(4, '0');
    options.onProgress(announcement(id, next, options));
    const run = await measureRun({ ...options, onProgress: () => {} }, next, id);
    await file.add(run);
    options.onProgress(resultOf(run, plan));
  }
}

function announcement(id: string, next: NextRun, { durationS }: MeasureOptions): Text {
  const { users, purpose, phase } = next;
  const seconds = runDurationS(next, durationS);
  const what = phases[purpose === 'idle' ? 'idle' : phase];
  return {
    en: `run ${id}: ${users} people, ${seconds} s (${what.en})`,
    de: `Lauf ${id}: ${users} Personen, ${seconds} s (${what.de})`,
  };
}

const phases: Readonly<Record<NextRun['phase'], Readonly<Record<Language, string>>>> = {
  climb: { en: 'climbing', de: 'steigern' },
  bisect: { en: 'halving the rest', de: 'eingrenzen' },
  confirm: { en: 'was it chance?', de: 'war es Zufall?' },
  idle: { en: 'everybody online, nobody writing', de: 'alle online, niemand schreibt' },
  repeat: { en: 'again', de: 'wiederholen' },
};

function resultOf(run: MeasuredRun, { levels }: SearchPlan): Text {
  const [fault] = run.invalid;
  if (fault !== undefined) return { en: `  counts for nothing: ${fault}`, de: `  zählt nicht: ${fault}` };
  const broken = breachesOf(run, levels);
  const codes = broken.map(({ code }) => code).join(', ');
  const rates = `${run.delivered.toFixed(1)} / ${run.offered.toFixed(1)}`;
  const p95 = `p95 ${run.delivery.p95Ms ?? '–'} ms`;
  const cores = Object.entries(run.server.cpuCores)
    .map(([program, value]) => `, ${program} ${value.toFixed(2)}`)
    .join('');
  return {
    en: `  ${codes ? `broke ${codes}` : 'held'}: ${rates} deliveries/s, ${p95}${cores}`,
    de: `  ${codes ? `gebrochen ${codes}` : 'getragen'}: ${rates} Zustellungen/s, ${p95}${cores}`,
  };
}
