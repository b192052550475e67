import type { HttpRequest, HttpSend } from '../../../core/http/http.ts';
import type { Finding } from '../../../core/model/finding.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { isJsonObject, type JsonObject } from '../../lib/alteration.ts';

export interface KeyUpload {
  readonly status: number;
  readonly deviceKeys: JsonObject | undefined;
  readonly oneTimeKeys: JsonObject;
}

/** Keeps what a device uploads of its keys, and what the homeserver says to it. */
export const keepingUploads =
  (uploads: KeyUpload[]) =>
  (send: HttpSend): HttpSend =>
  async (request) => {
    const answer = await send(request);
    if (isUpload(request)) uploads.push(uploadFrom(request.body, answer.status));
    return answer;
  };

function uploadFrom(body: HttpRequest['body'], status: number): KeyUpload {
  const keys = typeof body === 'string' ? parsedJson(body) : undefined;
  const part = (name: string) => [isJsonObject(keys) ? keys[name] : undefined].find(isJsonObject);
  return { status, deviceKeys: part('device_keys'), oneTimeKeys: part('one_time_keys') ?? {} };
}

export const isUpload = ({ url }: { readonly url: string }) => new URL(url).pathname.endsWith('/keys/upload');

/** What a device uploads again after it was ended must be the same: others may already use it. */
export function expectSameKeys(before: readonly KeyUpload[], after: readonly KeyUpload[]): readonly Finding[] {
  const known = new Set(before.flatMap(({ deviceKeys }) => (deviceKeys ? [identityIn(deviceKeys)] : [])));
  const others = after.filter(({ deviceKeys }) => deviceKeys && !known.has(identityIn(deviceKeys)));
  return [
    ...(others.length === 0 ? [] : [otherKeys]),
    ...clashesBetween(before, after).map(clash),
    ...after.filter(({ status }) => status >= 400 && status < 500).map(({ status }) => refused(status)),
  ];
}

/** The public keys by which others know the device, whatever the order of its members. */
const identityIn = ({ keys }: JsonObject): string =>
  JSON.stringify(Object.entries(isJsonObject(keys) ? keys : {}).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function clashesBetween(before: readonly KeyUpload[], after: readonly KeyUpload[]): readonly string[] {
  const keyOf = (value: unknown) => (isJsonObject(value) ? value['key'] : value);
  const known = new Map(before.flatMap(({ oneTimeKeys }) => Object.entries(oneTimeKeys)));
  const ids = after.flatMap(({ oneTimeKeys }) =>
    Object.entries(oneTimeKeys).flatMap(([id, key]) =>
      known.has(id) && keyOf(known.get(id)) !== keyOf(key) ? [id] : [],
    ),
  );
  return [...new Set(ids)].slice(0, 3);
}

const otherKeys: Finding = {
  code: 'other-keys',
  title: 'Nach dem Abbruch lädt das Gerät andere Schlüssel hoch als zuvor.',
  expected: 'Dieselben öffentlichen Schlüssel, unter denen andere das Gerät schon kennen.',
  observed: 'Andere öffentliche Schlüssel für dasselbe Gerät.',
  where: 'keys/upload, device_keys',
};

const clash = (id: string): Finding => ({
  code: 'other-one-time-key',
  title: 'Nach dem Abbruch lädt das Gerät unter einer vergebenen Kennung einen anderen Einmalschlüssel hoch.',
  expected: 'Unter derselben Kennung derselbe Schlüssel.',
  observed: 'Ein anderer Schlüssel.',
  where: `keys/upload, ${id}`,
});

const refused = (status: number): Finding => ({
  code: 'upload-refused',
  title: 'Nach dem Abbruch weist der Server die Schlüssel des Geräts zurück.',
  expected: 'Der Server nimmt die wiederholt hochgeladenen Schlüssel an.',
  observed: `Status ${status}.`,
  where: 'keys/upload',
});
