import type { Outcome } from '../../core/model/outcome.ts';
import { visibleText } from '../../reports/visible-text.ts';

/** What a person sees while a run goes on; written to stderr. */
export interface Progress {
  step(text: string): void;
  checkDone(id: string, outcome: Outcome, durationMs: number): void;
}

const signs: Record<Outcome['kind'], string> = {
  passed: '✔',
  failed: '✘',
  notApplicable: '–',
  inconclusive: '?',
  rigFault: '!',
};

/** Words beside the sign, so that nothing hangs on a symbol or a colour. */
const words: Record<Outcome['kind'], string> = {
  passed: 'bestanden',
  failed: 'Abweichung',
  notApplicable: 'nicht anwendbar',
  inconclusive: 'offen',
  rigFault: 'Prüfstand gestört',
};

const knownWords = ['◐', 'bekannte Abweichung'] as const;

/** Whether every deviation stands in the register. */
const isKnown = (outcome: Outcome): boolean =>
  outcome.kind === 'failed' && outcome.findings.every(({ known }) => known !== undefined);

export function createProgress(total: () => number, write: (line: string) => void): Progress {
  let done = 0;
  return {
    step: (text) => write(`· ${text}`),
    checkDone: (id, outcome, durationMs) => {
      done += 1;
      const count = `[${String(done).padStart(String(total()).length)}/${total()}]`;
      const [sign, word] = isKnown(outcome) ? knownWords : [signs[outcome.kind], words[outcome.kind]];
      write(`${count} ${sign} ${id} – ${word} (${(durationMs / 1000).toFixed(1)} s)${visibleText(detail(outcome))}`);
    },
  };
}

function detail(outcome: Outcome): string {
  if (outcome.kind === 'failed') return outcome.findings.map(({ title }) => `\n      ${title}`).join('');
  if (outcome.kind === 'rigFault') return `\n      ${outcome.message}`;
  if (outcome.kind === 'inconclusive') return `\n      ${outcome.reason}`;
  return '';
}
