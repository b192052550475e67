import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Something a run made on a target that outlives the run. Holds no secret. */
export type Creation =
  | { readonly kind: 'session'; readonly userId: string; readonly deviceId: string }
  | { readonly kind: 'room'; readonly userId: string; readonly roomId: string };

/** Written through line by line, so that a killed run leaves a complete list. */
export interface Ledger {
  made(creation: Creation): void;
  removed(creation: Creation): void;
  /** What was made and not removed yet, oldest first. */
  open(): readonly Creation[];
}

export const ledgerFile = 'created.ndjson';

export function openLedger(runFolder: string): Ledger {
  const path = join(runFolder, ledgerFile);
  mkdirSync(runFolder, { recursive: true });
  const creations = new Map<string, Creation>();
  for (const line of linesOf(path)) take(creations, line);
  const append = (verb: Line['verb']) => (creation: Creation) => {
    appendFileSync(path, `${JSON.stringify({ verb, creation })}\n`, { flush: true });
    take(creations, { verb, creation });
  };
  return { made: append('made'), removed: append('removed'), open: () => [...creations.values()] };
}

interface Line {
  readonly verb: 'made' | 'removed';
  readonly creation: Creation;
}

/** A last line that was cut off by a kill is no entry. */
function linesOf(path: string): Line[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line): Line => JSON.parse(line));
}

function take(creations: Map<string, Creation>, { verb, creation }: Line): void {
  const key = JSON.stringify(creation);
  if (verb === 'made') creations.set(key, creation);
  else creations.delete(key);
}
