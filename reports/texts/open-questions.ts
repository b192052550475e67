import type { ReportModel } from '../report-model.ts';

type Row = ReportModel['verdicts'][number];

/** Why a requirement is not assessed; every such requirement has exactly one main cause. */
export type OpenCause = 'thisRun' | 'partly' | 'noCheck' | 'human';

export const openCauses: readonly OpenCause[] = ['thisRun', 'partly', 'noCheck', 'human'];

export function openCauseOf({ requirement, verdict }: Row): OpenCause {
  if (verdict.reasons.some(({ kind }) => ['inconclusive', 'notRun', 'rigFault'].includes(kind))) return 'thisRun';
  if (verdict.checks.length > 0) return 'partly';
  return requirement.verification === 'manual' ? 'human' : 'noCheck';
}

export const openCauseWords: Record<OpenCause, { readonly head: string; readonly next: string }> = {
  thisRun: {
    head: 'in diesem Lauf offen geblieben',
    next: 'Eine Prüfung lief nicht, brach ab oder kam zu keinem Ergebnis. Der Grund steht bei der Anforderung; den Lauf danach wiederholen.',
  },
  partly: {
    head: 'erst zum Teil geprüft',
    next: 'Was geprüft wurde, ist in Ordnung. Was noch fehlt, steht bei der Anforderung.',
  },
  noCheck: {
    head: 'ohne Prüfung in diesem Lauf',
    next: 'Dafür war keine Prüfung vorgesehen, meist weil der Prüfstand noch keine hat.',
  },
  human: {
    head: 'allein durch Menschen nachzuweisen',
    next: 'Der verlangte Nachweis ist vorzulegen; keine Prüfung kann ihn ersetzen.',
  },
};
