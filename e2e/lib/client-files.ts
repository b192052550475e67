import type { HttpAnswer } from '../../core/http/http.ts';

/** A file that a web client consists of. */
export interface ClientFile {
  /** Relative to the client. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Asks the client's server for a file, by its path relative to the client. */
export type FetchFile = (path: string) => Promise<HttpAnswer>;

/** More than any client has that names its files where they can be found. */
const mostFiles = 500;

/** The page of a client and the code that it names, file by file. Names put together while it runs are not found. */
export async function collectClientFiles(fetchFile: FetchFile): Promise<readonly ClientFile[]> {
  const files: ClientFile[] = [];
  const known = new Set(['']);
  for (const path of known) {
    const { status, bytes } = await fetchFile(path);
    if (status !== 200) continue;
    files.push({ path, bytes });
    if (files.length === mostFiles) break;
    // Whoever adds to a set while walking it walks over that too.
    for (const named of namesIn(path, bytes)) known.add(named);
  }
  return files;
}

const named = /["'`]([\w./@-]{1,200}\.(?:js|mjs|wasm))["'`?]/g;

function namesIn(path: string, bytes: Uint8Array): readonly string[] {
  if (path.endsWith('.wasm')) return [];
  const text = new TextDecoder('latin1').decode(bytes);
  return [...text.matchAll(named)].flatMap(([, name = '']) => pathOf(name, path) ?? []);
}

const base = 'https://client.invalid/';

/** Names are relative to the file they stand in; undefined for other hosts. */
function pathOf(name: string, from: string): string | undefined {
  const url = URL.canParse(name, base + from) ? new URL(name, base + from) : undefined;
  return url?.href.startsWith(base) ? url.pathname.slice(1) : undefined;
}
