import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { RigError } from '../../core/model/rig-error.ts';

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly compressedBytes: number;
  readonly headerOffset: number;
}

const endSignature = 0x06054b50;
const endBytes = 22;
const longestComment = 0xffff;
const entrySignature = 0x02014b50;
const stored = 0;
const deflated = 8;

/**
 * Unpacks a module's zip: a fresh machine has neither unzip nor Python yet. Modules are below 500 MB and carry neither
 * permissions nor links, so the simplest form of the format suffices.
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, https://go.dev/ref/mod#zip-files
 */
export function unzip(file: string, folder: string): void {
  const zip = readFileSync(file);
  for (const entry of entriesOf(zip, file)) {
    if (entry.name.endsWith('/')) continue;
    if (entry.name.startsWith('/') || entry.name.split('/').includes('..')) {
      throw new RigError('toolFailed', `${file} wants to write outside its folder: ${entry.name}; do not use it`);
    }
    const path = join(folder, entry.name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contentOf(zip, entry, file));
  }
}

function entriesOf(zip: Buffer, file: string): readonly Entry[] {
  const end = endRecordAt(zip);
  if (end === undefined) throw new RigError('toolFailed', `${file} is no whole zip file; start again to fetch it anew`);
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== entrySignature)
      throw new RigError('toolFailed', `${file} has a damaged list of files`);
    const nameBytes = zip.readUInt16LE(at + 28);
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameBytes),
      method: zip.readUInt16LE(at + 10),
      compressedBytes: zip.readUInt32LE(at + 20),
      headerOffset: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** The list of files is found from the end, behind which only a comment may stand. */
function endRecordAt(zip: Buffer): number | undefined {
  const earliest = Math.max(0, zip.length - endBytes - longestComment);
  for (let at = zip.length - endBytes; at >= earliest; at -= 1) {
    if (zip.readUInt32LE(at) === endSignature) return at;
  }
  return undefined;
}

function contentOf(zip: Buffer, { name, method, compressedBytes, headerOffset }: Entry, file: string): Buffer {
  const start = headerOffset + 30 + zip.readUInt16LE(headerOffset + 26) + zip.readUInt16LE(headerOffset + 28);
  const content = zip.subarray(start, start + compressedBytes);
  if (method === stored) return content;
  if (method === deflated) return inflateRawSync(content);
  throw new RigError('toolFailed', `${file} packs ${name} in an unknown way (method ${method})`);
}
