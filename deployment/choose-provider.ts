import { RigError } from '../core/model/rig-error.ts';
import { type Text, textIn } from '../core/model/text.ts';
import { presentImages, publishedAnswers } from './images/ensure.ts';
import type { DeploymentProvider, ToolPaths } from './provider.ts';
import { containerProvider } from './providers/container.ts';
import { processProvider } from './providers/process.ts';

export interface ChooseOptions {
  readonly tools: ToolPaths;
  progress(text: Text): void;
  /** Decides alone. */
  readonly wanted?: 'container' | 'process';
}

/** Containers where an engine answers and has the images or can fetch them; else processes. The reason is told. */
export async function chooseProvider({ tools, progress, wanted }: ChooseOptions): Promise<DeploymentProvider> {
  if (wanted !== undefined) return wanted === 'container' ? containerProvider : processProvider;
  const obstacle = await obstacleToContainers(tools.docker);
  if (obstacle === undefined) return containerProvider;
  progress({
    de: `${textIn('de', obstacle)}; die Referenzinstallation läuft als Prozesse.`,
    en: `${textIn('en', obstacle)}; the reference deployment runs as processes.`,
  });
  return processProvider;
}

async function obstacleToContainers(docker: string | undefined): Promise<Text | undefined> {
  if (docker === undefined)
    return { de: 'Keine Container-Engine ist installiert', en: 'No container engine is installed' };
  try {
    if ((await presentImages(docker)) !== undefined || (await publishedAnswers(docker))) return undefined;
  } catch (thrown) {
    if (thrown instanceof RigError && thrown.code === 'toolFailed')
      return { de: 'Keine Container-Engine antwortet', en: 'No container engine answers' };
    throw thrown;
  }
  return {
    de: 'Weder gebaute noch veröffentlichte Abbilder sind zu haben (bauen mit: npx pruefstand images build)',
    en: 'Neither built nor published images can be had (build them with: npx pruefstand images build)',
  };
}
