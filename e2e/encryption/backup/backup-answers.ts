import { type Alteration, alterJson, isJsonObject, type JsonObject, withText } from '../../lib/alteration.ts';

const isKeys = (url: string) => url.includes('/room_keys/keys');
const isVersion = (url: string) => url.includes('/room_keys/version');

/** What a homeserver makes of the keys it gives back from a backup. */
export const alteringSessions =
  (change: (sessionData: JsonObject) => JsonObject): Alteration =>
  ({ request, answer }) =>
    request.method === 'GET' && isKeys(request.url)
      ? alterJson(answer, (object) =>
          isJsonObject(object['session_data']) ? { ...object, session_data: change(object['session_data']) } : object,
        )
      : answer;

/** What a homeserver tells of the backup itself. */
export const alteringVersion =
  (change: (authData: JsonObject) => JsonObject): Alteration =>
  ({ request, answer }) =>
    request.method === 'GET' && isVersion(request.url)
      ? alterJson(answer, (object) =>
          isJsonObject(object['auth_data']) ? { ...object, auth_data: change(object['auth_data']) } : object,
        )
      : answer;

/** The homeserver has lost what was in the backup, whether it is asked for all of it or for one key. */
export const emptiedBackup: Alteration = ({ request, answer }) => {
  if (request.method !== 'GET' || !isKeys(request.url)) return answer;
  return new URL(request.url).pathname.endsWith('/room_keys/keys')
    ? alterJson(answer, (object) => ('rooms' in object ? { ...object, rooms: {} } : object))
    : { ...withText(answer, '{"errcode":"M_NOT_FOUND","error":"No room_keys found"}'), status: 404 };
};

/** Another character in front: the text stays base64 and no longer says the same. */
export const withOtherStart = (text: unknown): string => {
  const old = String(text);
  return (old.startsWith('A') ? 'B' : 'A') + old.slice(1);
};
