import { buildImages } from '../../deployment/images/build.ts';
import { parseOptions } from '../options.ts';
import { tell } from '../run/tell.ts';

export const summary = {
  en: 'build the container images where no registry can be reached',
  de: 'baut die Container-Abbilder, wo keine Registry erreichbar ist',
};

export const help = {
  en: `npx pruefstand images build [--json]

Builds the images of the reference deployment from Debian's and Python's packages on this machine.
Needs root, mmdebstrap and a container engine; takes about a minute.`,
  de: `npx pruefstand images build [--json]

Baut die Abbilder der Referenzinstallation aus Debian- und Python-Paketen auf diesem Rechner.
Braucht root, mmdebstrap und eine Container-Engine; dauert etwa eine Minute.`,
};

export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseOptions(args, {});
  const images = await buildImages(tell);
  console.log(values['json'] ? JSON.stringify({ images }, null, 2) : images.join('\n'));
  return 0;
}
