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
  const append = (verb: Line['verb'], creation: Creation) =>
    appendFileSync(path, `${JSON.stringify({ verb, creation })}\n`, { flush: true });
  return {
    made: (creation) => append('made', creation),
    removed: (creation) => append('removed', creation),
    open: () => openCreations(existsSync(path) ? readFileSync(path, 'utf8') : ''),
  };
}

interface Line {
  readonly verb: 'made' | 'removed';
  readonly creation: Creation;
}

/** A last line that was cut off by a kill is no entry. */
function openCreations(text: string): Creation[] {
  const open = new Map<string, Creation>();
  for (const line of text.split('\n').slice(0, -1)) {
    const { verb, creation }: Line = JSON.parse(line);
    const key = JSON.stringify(creation);
    if (verb === 'made') open.set(key, creation);
    else open.delete(key);
  }
  return [...open.values()];
}
