import type { AreaKey, Requirement, RequirementId } from '../../requirements/catalogue.ts';
import type { CatalogueEntry, CheckMeta } from '../model/check.ts';
import type { Finding } from '../model/finding.ts';
import type { CheckFinished, PlannedCheck, PlanWritten, RunStarted } from '../model/journal-entry.ts';
import type { Outcome, OutcomeKind } from '../model/outcome.ts';
import type { Target } from '../model/target.ts';

/** Plain, valid values for tests; each test changes only what it is about. */
export const exampleTarget: Target = {
  name: 'hs1',
  provider: 'process',
  serverName: 'hs1.example',
  homeserverUrl: 'https://hs1.example',
  capabilities: ['accounts', 'tls'],
  permissions: {
    mayMutate: true,
    mayStressUsers: 200,
    until: '2027-01-31T18:00:00+01:00',
    grantedBy: { name: 'Alice Beispiel', role: 'Leitung IT-Betrieb', date: '2026-11-20' },
  },
  versions: { synapse: '1.163.2' },
  absentComponents: [],
};

export const exampleRunStarted: RunStarted = {
  type: 'runStarted',
  runId: '2026-11-23T09-00-00Z-pilot-1a2b3c',
  stage: 'pilot',
  depth: 'standard',
  seed: 1,
  suiteVersion: '0.1.0',
  target: exampleTarget,
  tools: { node: '24.21.0' },
};

export const requirementId = (area: AreaKey, number: number): RequirementId =>
  `${area}-${String(number).padStart(2, '0')}` as RequirementId;

export function automaticRequirement(id: RequirementId, open: readonly string[] = []): Requirement {
  return {
    id,
    title: `Anforderung ${id}`,
    explanation: 'Das ist für die Beschäftigten wichtig.',
    sources: [{ document: 'DSGVO', clause: 'Art. 32', confidence: 'confirmed' }],
    verification: 'automatic',
    method: 'Eine Prüfung fragt den Server.',
    open,
  };
}

export function partlyRequirement(id: RequirementId): Requirement {
  const requirement = automaticRequirement(id);
  return { ...requirement, verification: 'partly', method: 'Eine Prüfung.', humanEvidence: 'Ein Protokoll.' };
}

export function manualRequirement(id: RequirementId): Requirement {
  const { title, explanation, sources, open } = automaticRequirement(id);
  return { id, title, explanation, sources, open, verification: 'manual', humanEvidence: 'Ein Vertrag.' };
}

export const exampleFinding: Finding = {
  code: 'old-protocol-accepted',
  title: 'Der Server nimmt TLS 1.0 an',
  expected: 'Nur TLS 1.2 und 1.3',
  observed: 'TLS 1.0',
  where: 'hs1.example:443',
};

export const exampleOutcomes: Readonly<Record<OutcomeKind, Outcome>> = {
  passed: { kind: 'passed', observed: 'Alles wie verlangt.' },
  failed: { kind: 'failed', findings: [exampleFinding] },
  notApplicable: { kind: 'notApplicable', reason: 'Das Ziel hat das nicht.' },
  inconclusive: { kind: 'inconclusive', reason: 'Ein Mensch muss hinsehen.' },
  rigFault: { kind: 'rigFault', code: 'toolFailed', message: 'Chromium stürzte ab.' },
};

export function plannedCheck(
  id: string,
  requirements: readonly string[],
  more: Partial<PlannedCheck> = {},
): PlannedCheck {
  return { id, family: 'policy', area: 'tls', title: `Prüfung ${id}`, requirements, standing: 'normative', ...more };
}

export const planWritten = (...checks: readonly PlannedCheck[]): PlanWritten => ({
  type: 'planWritten',
  catalogueSha256: '0'.repeat(64),
  checks,
  leftOut: [],
});

export function checkFinished(check: string, outcome: Outcome, attempt = 1): CheckFinished {
  return { type: 'checkFinished', check, attempt, outcome, durationMs: 10, evidence: [] };
}

export function catalogueEntry(id: string, needs: CheckMeta['needs'] = []): CatalogueEntry {
  const meta: CheckMeta = { id, title: `Prüfung ${id}`, requirements: ['SI-01'], needs, timeoutMs: 1000 };
  return { family: 'policy', area: 'tls', meta, counterexamples: [] };
}
