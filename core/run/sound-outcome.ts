import type { CheckOutcome, Measurements } from '../model/outcome.ts';
import { RigError } from '../model/rig-error.ts';

/** Throws where a check returned what cannot be journalled or would convince nobody: a bench with a defect, no result. */
export function soundOutcome(outcome: CheckOutcome): CheckOutcome {
  // The types forbid it; a cast in a check must still not count as passed.
  if (outcome.kind === 'failed' && (outcome.findings as readonly unknown[]).length === 0) {
    throw defect('Abweichung ohne Feststellung', 'a failure without a finding');
  }
  const figure = 'measurements' in outcome ? unusableFigure(outcome.measurements) : undefined;
  if (figure !== undefined) throw defect(`Messwert ${figure} ist keine Zahl`, `figure ${figure} is no number`);
  return outcome;
}

function unusableFigure(measurements: Measurements | undefined): string | undefined {
  const { figures = {}, series = [] } = measurements ?? {};
  const figure = Object.entries(figures).find(([, value]) => !Number.isFinite(value));
  if (figure) return figure[0];
  return series.find(({ points }) => points.flat().some((value) => !Number.isFinite(value)))?.name;
}

const defect = (de: string, en: string) =>
  new RigError('defect', { de: `die Prüfung lieferte: ${de}`, en: `the check returned: ${en}` });
