import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { premiseString } from './premise.ts';
import type { Tools } from './tools.ts';
import type { Request } from './transport.ts';

export const uploadPath = '/_matrix/media/v3/upload';
export const downloadTemplate = '/_matrix/client/v1/media/download/{serverName}/{mediaId}';
export const namedDownloadTemplate = '/_matrix/client/v1/media/download/{serverName}/{mediaId}/{fileName}';
export const thumbnailTemplate = '/_matrix/client/v1/media/thumbnail/{serverName}/{mediaId}';
export const previewPath = '/_matrix/client/v1/media/preview_url';

/** Frozen since v1.11, and with a login all the same. */
export const legacyPreviewPath = '/_matrix/media/v3/preview_url';

/** An address before there is a file. */
export const createPath = '/_matrix/media/v1/create';
export const fillTemplate = '/_matrix/media/v3/upload/{serverName}/{mediaId}';

/** The same without login, as servers offered it before v1.11; still there, at times for old files only. */
export const legacyDownloadTemplate = '/_matrix/media/v3/download/{serverName}/{mediaId}';
export const legacyNamedDownloadTemplate = '/_matrix/media/v3/download/{serverName}/{mediaId}/{fileName}';
export const legacyThumbnailTemplate = '/_matrix/media/v3/thumbnail/{serverName}/{mediaId}';

export interface File {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly name?: string;
}

/** The parameters that address a file. */
export type Address = Readonly<Record<'serverName' | 'mediaId', string>>;

export function upload(request: Request, session: Session, { bytes, type, name }: File): Promise<Answer> {
  const query = name === undefined ? {} : { query: { filename: name } };
  return request('POST', uploadPath, { session, ...query, headers: { 'content-type': type }, body: bytes });
}

/** Uploads what must be there for the check to go on. */
export async function stored(request: Request, session: Session, file: File): Promise<Address> {
  return addressOf(premiseString(await upload(request, session, file), ['content_uri']));
}

export function addressOf(contentUri: string): Address {
  const [serverName = '', mediaId = ''] = contentUri.replace(/^mxc:\/\//, '').split('/');
  return { serverName, mediaId };
}

export function download(request: Request, session: Session, address: Address): Promise<Answer> {
  return request('GET', downloadTemplate, { params: { ...address }, session });
}

/** Text of its own in every run, so that no store can take it for a file it knows. */
export const textFile = ({ random }: Pick<Tools, 'random'>, name?: string): File => ({
  bytes: new TextEncoder().encode(`Pruefstand ${random.word(64)}`),
  type: 'text/plain',
  ...(name !== undefined && { name }),
});
