import { request } from 'undici';
import { RigError } from '../../../core/model/rig-error.ts';

const mostSteps = 10;

/** Follows redirects with cookies, as a browser does, until they lead to another origin. Resolves with that address. */
export async function browseAway(start: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const { origin } = new URL(start);
  const cookies = new Map<string, string>();
  let address = start;
  for (let step = 0; step < mostSteps; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await request(address, { headers: { ...headers, cookie } });
    const page = await answer.body.text();
    for (const [name, value] of [answer.headers['set-cookie'] ?? []].flat().map(cookieFrom)) cookies.set(name, value);
    const next = [answer.headers['location']].flat()[0];
    if (next === undefined) throw stuckAt(address, answer.statusCode, page);
    address = new URL(next, address).href;
    if (new URL(address).origin !== origin) return address;
  }
  throw stuckAt(address, 302, 'too many redirects');
}

function cookieFrom(line: string): readonly [string, string] {
  const [pair = ''] = line.split(';', 1);
  const end = pair.indexOf('=');
  return [pair.slice(0, end), pair.slice(end + 1)];
}

const stuckAt = (address: string, status: number, page: string): RigError =>
  new RigError('defect', `the way through ${new URL(address).origin} ended with ${status}: ${page.slice(0, 300)}`);
