import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parse } from 'yaml';
import { escapePointerStep, valueAtPointer } from '../json-pointer.ts';

/** A node of the specification: its file relative to the data folder and the pointer inside. */
export interface Place {
  readonly file: string;
  readonly pointer: string;
}

export function below(place: Place, ...steps: string[]): Place {
  return { file: place.file, pointer: [place.pointer, ...steps.map(escapePointerStep)].join('/') };
}

export function placeText({ file, pointer }: Place): string {
  return pointer === '' ? file : `${file}#${pointer}`;
}

export interface Source {
  read(file: string): unknown;
  /** Names of the YAML files directly in a folder, sorted. */
  list(folder: string): string[];
  resolve(ref: string, from: Place): { readonly place: Place; readonly node: unknown };
}

export function openSource(dataFolder: string): Source {
  const documents = new Map<string, unknown>();
  const read = (file: string): unknown => {
    if (!documents.has(file)) documents.set(file, readYaml(join(dataFolder, file)));
    return documents.get(file);
  };
  return {
    read,
    list: (folder) =>
      readdirSync(join(dataFolder, folder))
        .filter((name) => name.endsWith('.yaml'))
        .sort(),
    resolve: (ref, from) => {
      const place = placeOf(ref, from);
      const node = valueAtPointer(read(place.file), place.pointer);
      if (node === undefined) throw new Error(`${from.file}: $ref "${ref}" leads nowhere (${placeText(place)})`);
      return { place, node };
    },
  };
}

function placeOf(ref: string, from: Place): Place {
  const [file = '', pointer = ''] = ref.trim().split('#', 2);
  return { file: file === '' ? from.file : posix.join(posix.dirname(from.file), file), pointer };
}

// Keys stay text: 1.10 read as a number would become version 1.1.
function readYaml(path: string): unknown {
  return parse(readFileSync(path, 'utf8'), { stringKeys: true });
}
