import { createFakeClock } from '../../core/testing/fake-clock.ts';
import { storeEvidence } from '../../reports/journal/evidence-store.ts';
import { JournalWriter } from '../../reports/journal/journal-writer.ts';
import { createRunFolder } from '../../reports/journal/run-folder.ts';
import { keepCatalogue, loadRun } from '../../reports/load-run.ts';
import { renderReport } from '../../reports/render-report.ts';
import { type GoldenCheck, goldenAccounts, goldenChecks, goldenStart } from './golden-events.ts';
import { goldenRequirements } from './golden-requirements.ts';

/** Writes the whole golden run, journal to report, through the same parts a real run uses. */
export async function writeGoldenRun(root: string): Promise<void> {
  const folder = createRunFolder(root);
  const clock = createFakeClock(Date.UTC(2026, 10, 23, 9));
  const catalogueSha256 = keepCatalogue(folder, goldenRequirements);
  using journal = new JournalWriter(folder.journal, clock);
  journal.append(goldenStart);
  journal.append({
    type: 'planWritten',
    catalogueSha256,
    checks: goldenChecks.map(({ plan }) => plan),
    leftOut: ['compatibility'],
  });
  for (const check of goldenChecks) {
    for (const attempt of check.outcomes.keys()) conclude(check, attempt);
  }
  journal.append({ type: 'accountsUsed', accounts: goldenAccounts });
  journal.append({ type: 'runFinished', durationMs: clock.now() - Date.UTC(2026, 10, 23, 9), interrupted: false });
  await renderReport(root, loadRun(root));

  function conclude({ plan, outcomes, evidence }: GoldenCheck, index: number): void {
    const outcome = outcomes[index];
    if (outcome === undefined) return;
    const attempt = index + 1;
    journal.append({ type: 'checkStarted', check: plan.id, attempt });
    clock.advance(1250);
    const stored = outcome.kind === 'rigFault' ? [] : evidence.map((item) => storeEvidence(folder.evidence, item));
    journal.append({ type: 'checkFinished', check: plan.id, attempt, outcome, durationMs: 1250, evidence: stored });
  }
}
