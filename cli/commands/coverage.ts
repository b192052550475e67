import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Requirement } from '../../requirements/catalogue.ts';
import { readCatalogue } from '../../schemas/catalogue-reader.ts';
import { repositoryRoot } from '../../setup/places.ts';
import { parseOptions } from '../options.ts';
import { discoverAll } from '../run/catalogue.ts';

export const summary = {
  en: 'which requirements have checks and which have none',
  de: 'welche Anforderungen Prüfungen haben und welche keine',
};

export const help = {
  en: `npx pruefstand coverage [--json]

Shows for the acceptance catalogue which requirements a check speaks to, what those checks leave open,
and which requirements still have no check.`,
  de: `npx pruefstand coverage [--json]

Zeigt für den Abnahmekatalog, zu welchen Anforderungen eine Prüfung etwas sagt, was diese offenlässt
und welche Anforderungen noch keine Prüfung haben.`,
};

/** Workloads of the load catalogue. */
const scenarioTotal = 20;

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, {});
  const { requirements } = await readCatalogue();
  const checks = (await discoverAll()).flatMap((group) => group.checks);
  const checked = new Set<string>(checks.flatMap(({ meta }) => meta.requirements));
  if (values['json']) console.log(JSON.stringify(coverageJson(requirements, checked), null, 2));
  else printCoverage(requirements, checked);
  return 0;
}

function coverageJson(requirements: readonly Requirement[], checked: ReadonlySet<string>) {
  const of = (verification: Requirement['verification']) =>
    requirements.filter((requirement) => requirement.verification === verification);
  return {
    requirements: {
      total: requirements.length,
      automatic: of('automatic').filter(({ id }) => checked.has(id)).length,
      partly: of('partly').filter(({ id }) => checked.has(id)).length,
      manual: of('manual').length,
      uncovered: uncovered(requirements, checked).map(({ id }) => id),
    },
    scenarios: {
      total: scenarioTotal,
      built: globSync('*.scenario.ts', { cwd: join(repositoryRoot, 'load/scenarios') }).length,
    },
  };
}

/** A requirement for a machine to verify that no check speaks to. */
function uncovered(requirements: readonly Requirement[], checked: ReadonlySet<string>): readonly Requirement[] {
  return requirements.filter(({ id, verification }) => verification !== 'manual' && !checked.has(id));
}

function printCoverage(requirements: readonly Requirement[], checked: ReadonlySet<string>): void {
  const missing = uncovered(requirements, checked);
  const manual = requirements.filter(({ verification }) => verification === 'manual');
  const covered = requirements.filter(({ id }) => checked.has(id));
  console.log(
    `${requirements.length} Anforderungen: ${covered.length} mit Prüfungen, ${missing.length} noch ohne, ${manual.length} allein durch Menschen.`,
  );
  console.log('\nMit Prüfungen');
  for (const { id, title, open } of covered) {
    console.log(`  ${id} ${title}`);
    for (const gap of open) console.log(`        offen: ${gap}`);
  }
  console.log('\nNoch ohne Prüfung');
  for (const { id, title } of missing) console.log(`  ${id} ${title}`);
  console.log('\nAllein durch Menschen');
  for (const { id, title } of manual) console.log(`  ${id} ${title}`);
}
