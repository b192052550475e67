import { arrayAt } from './json.ts';
import { premise } from './premise.ts';
import type { Request } from './transport.ts';

/** Whether the server says that it implements v1.`minor` of the specification or a later one. */
export async function advertises(request: Request, minor: number): Promise<boolean> {
  const { json } = premise(await request('GET', '/_matrix/client/versions'));
  return arrayAt(json, ['versions']).some((version) => minorOf(version) >= minor);
}

function minorOf(version: unknown): number {
  const found = typeof version === 'string' ? /^v1\.(\d+)$/.exec(version) : null;
  return Number(found?.[1] ?? -1);
}
