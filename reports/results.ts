import type { ReportedCheck, ReportModel } from './report-model.ts';

/** The machine-readable result of a run, schemas/suite/results.schema.json. Times end in Ms. */
export function resultsFrom(model: ReportModel) {
  const { run, finished } = model;
  return {
    format: 'pruefstand-results/1',
    runId: run.runId,
    stage: run.stage,
    depth: run.depth,
    seed: run.seed,
    suiteVersion: run.suiteVersion,
    provider: run.target.provider,
    startedAt: run.startedAt,
    complete: finished !== undefined && !finished.interrupted,
    ...(finished && { finishedAt: finished.at, durationMs: finished.durationMs }),
    exitCode: model.exitCode,
    outcomes: model.outcomeCounts,
    verdicts: model.verdictCounts,
    target: run.target,
    tools: run.tools,
    leftOut: model.leftOut,
    requirements: model.verdicts.map(({ requirement, verdict }) => ({
      id: requirement.id,
      title: requirement.title,
      verification: requirement.verification,
      verdict: verdict.kind,
      reasons: verdict.reasons,
      checks: verdict.checks,
      findings: verdict.findings,
    })),
    checks: model.checks.map(checkResult),
    journal: model.journal,
  };
}

function checkResult(check: ReportedCheck) {
  const { id, family, area, title, requirements, standing, outcome, durationMs, evidence } = check;
  return {
    id,
    family,
    area,
    title,
    requirements,
    standing,
    outcome: outcome ?? { kind: 'notRun' },
    durationMs,
    evidence,
  };
}
