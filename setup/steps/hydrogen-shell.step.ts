import { hydrogenShellFolder } from '../places.ts';
import { type ClientShell, clientStep, locateClient } from './client-step.ts';
import type { SetupStep } from './step.ts';

const hydrogenShell: ClientShell = {
  name: 'hydrogen-shell',
  title: { en: 'second client (hydrogen)', de: 'zweiter Client (Hydrogen)' },
  folder: hydrogenShellFolder,
  sources: ['package-lock.json', 'package.json', '.npmrc', 'build.mjs', 'src'],
  optional: true,
};

/** The folder to serve, or undefined when it is not wholly built from what is in the repository now. */
export const locateHydrogenShell = (): string | undefined => locateClient(hydrogenShell);

/** A client of the bench's own, to see whether others can talk to the target's. */
export const hydrogenShellStep: SetupStep = clientStep(hydrogenShell);
