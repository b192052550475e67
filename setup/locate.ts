import { existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from '../core/model/usage-error.ts';
import { k6Folder } from './k6/k6.ts';
import { findExecutable, isExecutable } from './lib/find-executable.ts';
import { isInstalled } from './lib/folder-install.ts';
import { compareVersions } from './lib/version.ts';
import { locateElementShell } from './steps/element-shell.step.ts';
import { locateHydrogenShell } from './steps/hydrogen-shell.step.ts';
import { locateSynapse, type SynapseInstallation } from './synapse/synapse.ts';

export interface LocatedTools {
  readonly chromium?: string;
  readonly k6?: string;
  readonly nginx?: string;
  readonly synapse?: SynapseInstallation;
  /** Folder with initdb and postgres. */
  readonly postgres?: string;
  readonly redis?: string;
  /** The command line; whether an engine answers is another question (container-engine.ts). */
  readonly docker?: string;
  /** Folder to be served as the web client. */
  readonly elementShell?: string;
  /** Folder from which the bench answers as its second client. */
  readonly hydrogenShell?: string;
}

/** What of the bench's tools is on this machine now. Reads the file system only, starts nothing. */
export function locateTools(environment: NodeJS.ProcessEnv = process.env): LocatedTools {
  const path = environment['PATH'] ?? '';
  return withoutMissing({
    chromium: locateChromium(environment),
    k6: isInstalled(k6Folder()) ? join(k6Folder(), 'k6') : undefined,
    nginx: findExecutable(['nginx'], path),
    synapse: locateSynapse(),
    postgres: locatePostgres(path),
    redis: findExecutable(['redis-server'], path),
    docker: findExecutable(['docker'], path),
    elementShell: locateElementShell(),
    hydrogenShell: locateHydrogenShell(),
  });
}

/** What PRUEFSTAND_CHROMIUM names although it is no program. */
export function wrongChromium({ PRUEFSTAND_CHROMIUM: wanted }: NodeJS.ProcessEnv): string | undefined {
  return wanted && !isExecutable(wanted) ? wanted : undefined;
}

export function locateChromium(environment: NodeJS.ProcessEnv): string | undefined {
  const wrong = wrongChromium(environment);
  if (wrong !== undefined) {
    throw new UsageError({
      en: `PRUEFSTAND_CHROMIUM names ${wrong}, which is no program; correct or unset it`,
      de: `PRUEFSTAND_CHROMIUM nennt ${wrong}, das ist kein Programm; bitte berichtigen oder weglassen.`,
    });
  }
  const wanted = environment['PRUEFSTAND_CHROMIUM'];
  if (wanted) return wanted;
  const names = ['/usr/bin/chromium', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return findExecutable(names, environment['PATH'] ?? '') ?? newest(playwrightDownloads(environment));
}

/** Where `playwright install` of another project keeps its Chromium. */
function playwrightDownloads(environment: NodeJS.ProcessEnv): readonly string[] {
  const folder = environment['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache', 'ms-playwright');
  return existsSync(folder) ? globSync(join(folder, 'chromium-*', 'chrome-linux*', 'chrome')) : [];
}

/** Debian keeps server programs per version outside PATH; elsewhere they lie beside the others. */
function locatePostgres(path: string): string | undefined {
  const debian = newest(globSync('/usr/lib/postgresql/*/bin/initdb'));
  const redHat = newest(globSync('/usr/pgsql-*/bin/initdb'));
  const found = debian ?? redHat ?? findExecutable(['initdb'], path);
  return found === undefined || !isExecutable(join(dirname(found), 'postgres')) ? undefined : dirname(found);
}

function newest(paths: readonly string[]): string | undefined {
  const numbers = (path: string) => (path.match(/\d+/g) ?? []).join('.');
  return paths.toSorted((a, b) => compareVersions(numbers(b), numbers(a)))[0];
}

/** Under exactOptionalPropertyTypes an absent tool is an absent key. */
function withoutMissing<T extends object>(found: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(found).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
