import { parseOptions } from '../options.ts';
import { discoverAll } from '../run/catalogue.ts';

export const summary = { en: 'every check', de: 'alle Prüfungen' };

export const help = {
  en: `npx pruefstand list [--json]

Lists every check with the requirements it speaks to and how many counterexamples prove that it can fail.`,
  de: `npx pruefstand list [--json]

Nennt jede Prüfung mit den Anforderungen, zu denen sie etwas sagt, und der Zahl der Gegenbeispiele.`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, {});
  const rows = (await discoverAll()).flatMap(({ checks }) =>
    checks.map(({ family, area, meta, counterexamples }) => ({
      id: meta.id,
      family,
      area,
      title: meta.title,
      requirements: meta.requirements,
      needs: meta.needs,
      counterexamples: counterexamples.length,
      standing: meta.standing ?? 'normative',
    })),
  );
  if (values['json']) console.log(JSON.stringify(rows, null, 2));
  else for (const row of rows) console.log(`${row.id}\n    ${row.title} [${row.requirements.join(', ')}]`);
  return 0;
}
