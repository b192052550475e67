import { elementShellFolder } from '../places.ts';
import { type ClientShell, clientStep, locateClient } from './client-step.ts';
import type { SetupStep } from './step.ts';

const elementShell: ClientShell = {
  name: 'element-shell',
  title: { en: 'Element interface', de: 'Element-Oberfläche' },
  folder: elementShellFolder,
  sources: ['package-lock.json', 'package.json', '.npmrc', 'build.mjs', 'build', 'src'],
  optional: false,
};

/** The folder to serve, or undefined when it is not wholly built from what is in the repository now. */
export const locateElementShell = (): string | undefined => locateClient(elementShell);

/** The web client served by default. */
export const elementShellStep: SetupStep = clientStep(elementShell);
