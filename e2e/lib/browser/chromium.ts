import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import process from 'node:process';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { firstLineOf, RigError } from '../../../core/model/rig-error.ts';

const commonSwitches = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Every request of a page is answered through the bench; whatever the browser tries by itself finds no address.
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

/** A German office computer. Without animations a state is the same whenever it is looked at. */
export const officeComputer = {
  locale: 'de-DE',
  timezoneId: 'Europe/Berlin',
  viewport: { width: 1280, height: 800 },
  colorScheme: 'light',
  reducedMotion: 'reduce',
  // Requests of a service worker would pass by the bench.
  serviceWorkers: 'block',
} as const satisfies BrowserContextOptions;

export interface LaunchOptions {
  readonly executablePath: string;
  /** Private folder of this run; the profile is made in it. */
  readonly scratchDirectory: string;
  /** Switches of Chromium beside those every browser of the bench gets. */
  readonly switches?: readonly string[];
}

/** Starts Chromium with a profile of its own. Closing the context ends the browser. */
export async function launchChromium(options: LaunchOptions): Promise<BrowserContext> {
  const { executablePath, scratchDirectory } = options;
  const isRoot = process.getuid?.() === 0;
  try {
    return await chromium.launchPersistentContext(join(scratchDirectory, 'chromium-profile'), {
      ...officeComputer,
      executablePath,
      headless: true,
      // Chromium refuses to start with its sandbox as root.
      chromiumSandbox: !isRoot,
      args: [...commonSwitches, ...(options.switches ?? [])],
      env: { ...process.env, ...temporaryFolder(scratchDirectory) },
      artifactsDir: join(scratchDirectory, 'chromium-artifacts'),
      // Who stops the run also closes what it opened.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (cause) {
    throw new RigError(
      'toolFailed',
      {
        de: `Chromium (${executablePath}) ließ sich nicht starten: ${firstLineOf(cause)}`,
        en: `Chromium (${executablePath}) did not start: ${firstLineOf(cause)}`,
      },
      { cause },
    );
  }
}

/** Longest path of a Unix socket on Linux, in bytes. */
const socketPathLimit = 107;

const socketOfChromium = '/org.chromium.Chromium.XXXXXX/SingletonSocket';

/** A killed browser leaves temporary files, which should go with the run's folder; but its socket has to fit in there. */
export function temporaryFolder(scratchDirectory: string): { TMPDIR?: string } {
  const socketPathLength = Buffer.byteLength(scratchDirectory + socketOfChromium);
  return socketPathLength <= socketPathLimit ? { TMPDIR: scratchDirectory } : {};
}
