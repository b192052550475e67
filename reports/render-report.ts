import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../core/model/usage-error.ts';
import { runFolderAt } from './journal/run-folder.ts';
import { storageError } from './journal/storage-error.ts';
import type { Renderer } from './renderer.ts';
import type { ReportModel } from './report-model.ts';

/** Renders the wanted formats (all when none is named) into the run's report folder; returns the paths written. */
export async function renderReport(
  root: string,
  model: ReportModel,
  formats?: readonly string[],
): Promise<readonly string[]> {
  const renderers = await findRenderers();
  const unknown = formats?.find((format) => !renderers.some((renderer) => renderer.format === format));
  if (unknown !== undefined) {
    const list = renderers.map(({ format }) => format).join(', ');
    throw new UsageError({
      en: `unknown format ${unknown}; known are ${list}`,
      de: `Unbekanntes Format ${unknown}; bekannt sind ${list}`,
    });
  }
  const { report } = runFolderAt(root);
  return renderers
    .filter(({ format }) => formats === undefined || formats.includes(format))
    .map(({ file, render }) => write(report, file, render(model)));
}

function write(folder: string, file: string, content: string): string {
  const path = join(folder, file);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, content);
  } catch (thrown) {
    throw storageError(path, thrown);
  }
  return path;
}

async function findRenderers(): Promise<readonly Renderer[]> {
  const folder = join(import.meta.dirname, 'renderers');
  const files = globSync('*.renderer.ts', { cwd: folder }).toSorted();
  const modules = await Promise.all(
    files.map((file) => import(join(folder, file)) as Promise<Record<string, Renderer>>),
  );
  return modules.flatMap((module) => Object.values(module));
}
