import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { FamilyName } from '../core/model/family.ts';
import type { Text } from '../core/model/text.ts';
import { findContainerEngine } from './container-engine.ts';
import { findGo, useOf } from './go/find-go.ts';
import { k6Wanted } from './k6/k6.ts';
import { clientLibraryVersion, secondClientVersion } from './lib/package-json.ts';
import { isAtLeast } from './lib/version.ts';
import { versionOf } from './lib/version-of.ts';
import { type LocatedTools, locateTools, wrongChromium } from './locate.ts';
import { type PartName, type PartNeed, partNames, parts } from './parts.ts';
import { repositoryRoot } from './places.ts';
import { remedyFor } from './remedies.ts';
import { findPython, isSupported, oldestPython } from './synapse/find-python.ts';
import { defaultSynapse } from './synapse/synapse.ts';

export interface InspectedPart {
  readonly name: PartName;
  /** Its version, or undefined when it is not there. */
  readonly found: string | undefined;
  readonly wanted: string;
  readonly ok: boolean;
  readonly need: PartNeed;
  /** What is lost now; empty when it is there. */
  readonly costs: readonly Text[];
  readonly families: readonly FamilyName[];
  /** The exact command that brings it; undefined when it is there. */
  readonly remedy: Text | undefined;
}

interface Finding {
  readonly found: string | undefined;
  readonly wanted: string;
  readonly ok: boolean;
}

type Look = (located: LocatedTools, environment: NodeJS.ProcessEnv) => Finding | Promise<Finding>;

const neededGiB = 2;

const looks: Readonly<Record<PartName, Look>> = {
  node: () => atLeast(process.versions.node, '24'),
  k6: async ({ k6 }) => exactly(await versionOf(k6, ['version']), k6Wanted().k6),
  go: async ({ k6 }, environment) => {
    const found = (await findGo(environment))?.version;
    const wanted = k6Wanted().go;
    // Whoever has no Go, or one too old to fetch another, gets one from the module proxy.
    const ok = k6 !== undefined || (found !== undefined && useOf(found, wanted) !== 'tooOld');
    return { found, wanted: `>= ${wanted}`, ok };
  },
  python: async ({ synapse }, environment) => {
    const python = await findPython(environment);
    const ok = synapse !== undefined || (python?.canMakeEnvironments === true && isSupported(python.version));
    return { found: python?.version, wanted: `>= ${oldestPython}`, ok };
  },
  synapse: ({ synapse }) => exactly(synapse?.version, defaultSynapse),
  'element-shell': ({ elementShell }) => {
    const wanted = `matrix-react-sdk ${clientLibraryVersion()}`;
    return exactly(elementShell && wanted, wanted);
  },
  'hydrogen-shell': ({ hydrogenShell }) => {
    const wanted = `hydrogen-view-sdk ${secondClientVersion()}`;
    return exactly(hydrogenShell && wanted, wanted);
  },
  chromium: async ({ chromium }) => atLeast(await versionOf(chromium, ['--version']), '120'),
  nginx: async ({ nginx }) => atLeast(await versionOf(nginx, ['-v']), '1.18'),
  postgresql: async ({ postgres }) =>
    atLeast(await versionOf(postgres && join(postgres, 'postgres'), ['--version']), '14'),
  redis: async ({ redis }) => atLeast(await versionOf(redis, ['--version']), '6'),
  'container-engine': async (_, environment) => atLeast((await findContainerEngine(environment))?.version, '20.10'),
  'disk-space': async () => {
    const { bavail, bsize } = await statfs(repositoryRoot);
    const freeGiB = (bavail * bsize) / 2 ** 30;
    return { found: `${freeGiB.toFixed(1)} GiB`, wanted: `>= ${neededGiB} GiB`, ok: freeGiB >= neededGiB };
  },
};

/** What is on this machine, which version, and what each missing part costs. Starts the programs it asks for their version. */
export async function inspect(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<{ parts: readonly InspectedPart[] }> {
  const located = locateToInspect(environment);
  const inspected = partNames.map(async (name): Promise<InspectedPart> => {
    const { found, wanted, ok } = await looks[name](located, environment);
    const { need, families, costs } = parts[name];
    return {
      name,
      found,
      wanted,
      ok,
      need,
      families,
      costs: ok ? [] : [costs],
      remedy: ok ? undefined : remedyHere(name, environment),
    };
  });
  return { parts: await Promise.all(inspected) };
}

/** A browser named wrongly is a missing one here, so that all other parts are shown as well. */
function locateToInspect(environment: NodeJS.ProcessEnv): LocatedTools {
  if (wrongChromium(environment) === undefined) return locateTools(environment);
  const { chromium: _unwanted, ...others } = locateTools({ ...environment, PRUEFSTAND_CHROMIUM: '' });
  return others;
}

function remedyHere(name: PartName, environment: NodeJS.ProcessEnv): Text {
  const wrong = wrongChromium(environment);
  if (name !== 'chromium' || wrong === undefined) return remedyFor(name);
  return {
    en: `correct or unset PRUEFSTAND_CHROMIUM: ${wrong} is no program`,
    de: `PRUEFSTAND_CHROMIUM berichtigen oder weglassen: ${wrong} ist kein Programm`,
  };
}

/** Whether a run can assess all it is meant to: better ways and what only tests need do not count. */
export const isReadyToStart = (inspected: readonly InspectedPart[]): boolean =>
  inspected.every(({ ok, need }) => ok || need === 'better' || need === 'test');

function atLeast(found: string | undefined, wanted: string): Finding {
  return { found, wanted: `>= ${wanted}`, ok: found !== undefined && isAtLeast(found, wanted) };
}

const exactly = (found: string | undefined, wanted: string): Finding => ({ found, wanted, ok: found === wanted });
