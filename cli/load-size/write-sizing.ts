import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sizing } from '../../core/model/sizing.ts';
import { csvFrom } from '../../load/sizing/table/csv.ts';
import { sizingPage } from '../../reports/sizing/sizing-page.ts';

/** JSON for tools, CSV for spreadsheets, a page for people. */
export async function writeSizing(folder: string, sizing: Sizing): Promise<void> {
  await writeFile(join(folder, 'sizing.json'), `${JSON.stringify(sizing, null, 2)}\n`);
  await writeFile(join(folder, 'sizing.csv'), csvFrom(sizing.table));
  await writeFile(join(folder, 'index.html'), sizingPage(sizing));
}
