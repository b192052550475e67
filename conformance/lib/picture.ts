import type { Session } from '../../core/model/bench.ts';
import { premiseString } from './premise.ts';
import type { Request } from './transport.ts';

/** One grey pixel. Servers refuse pictures of people that are none. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

/** Uploads a picture fit for a profile. Resolves with its address. */
export async function uploadPicture(request: Request, session: Session): Promise<string> {
  const headers = { 'content-type': 'image/png' };
  const answer = await request('POST', '/_matrix/media/v3/upload', { session, headers, body: new Uint8Array(png) });
  return premiseString(answer, ['content_uri']);
}
