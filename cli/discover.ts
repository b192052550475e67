import { globSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { CatalogueEntry, Check } from '../core/model/check.ts';
import { RigError } from '../core/model/rig-error.ts';
import { readCatalogue } from '../schemas/catalogue-reader.ts';
import { repositoryRoot } from '../setup/places.ts';
import type { AnyFamily } from './families.ts';

export type AnyCheck = Check<unknown, unknown>;

export interface DiscoveredCheck extends CatalogueEntry {
  readonly check: AnyCheck;
}

/** Every check of a family, found by suffix; there is no list to edit. Throws when a file disagrees with its id or with the catalogue. */
export async function discoverChecks(family: AnyFamily): Promise<readonly DiscoveredCheck[]> {
  const folder = join(repositoryRoot, family.folder);
  const files = globSync(`**/*${family.suffix}`, { cwd: folder }).toSorted();
  const loaded = await Promise.all(files.map((file) => load(family, folder, file)));
  const known = await requirementIds();
  for (const { meta } of loaded) {
    const unknown = meta.requirements.find((id) => !known.has(id));
    if (unknown !== undefined) {
      throw new RigError('defect', `${meta.id} names the requirement ${unknown}, which the catalogue has not`);
    }
  }
  return loaded;
}

let knownIds: Promise<ReadonlySet<string>> | undefined;

/** Read once for all families. */
function requirementIds(): Promise<ReadonlySet<string>> {
  knownIds ??= readCatalogue().then(({ requirements }) => new Set(requirements.map(({ id }) => id)));
  return knownIds;
}

async function load(family: AnyFamily, folder: string, file: string): Promise<DiscoveredCheck> {
  const path = join(folder, file);
  const exported = Object.values((await import(path)) as Record<string, unknown>);
  const [check] = exported;
  const where = relative(repositoryRoot, path);
  if (exported.length !== 1 || !isCheck(check)) {
    throw new RigError('defect', `${where} must export exactly one check, it exports ${exported.length} things`);
  }
  const parts = [family.name, ...file.slice(0, -family.suffix.length).split(sep)];
  if (check.meta.id !== parts.join('.')) {
    throw new RigError('defect', `${where} must have the id ${parts.join('.')}, it has ${check.meta.id}`);
  }
  return {
    family: family.name,
    area: parts.slice(1, -1).join('.'),
    meta: check.meta,
    counterexamples: check.counterexamples,
    check,
  };
}

function isCheck(value: unknown): value is AnyCheck {
  return typeof value === 'object' && value !== null && 'meta' in value && 'run' in value && 'counterexamples' in value;
}
