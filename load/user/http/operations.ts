type FieldKind = 'string' | 'number' | 'boolean' | 'object' | 'array';

export interface Operation {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Fields that an answer of 200 must have; absent where it is no JSON. */
  readonly answer?: Readonly<Record<string, FieldKind>>;
}

const get = (answer: Record<string, FieldKind>): Operation => ({ method: 'GET', answer });
const put = (answer: Record<string, FieldKind>): Operation => ({ method: 'PUT', answer });
const post = (answer: Record<string, FieldKind>): Operation => ({ method: 'POST', answer });

/** Required fields of the answers, Matrix specification v1.19 (client-server API) and MSC4186. */
export const operations = {
  accountData: get({}),
  backupKeys: put({ etag: 'string', count: 'number' }),
  backupVersion: get({ version: 'string', algorithm: 'string', auth_data: 'object', etag: 'string', count: 'number' }),
  claimKeys: post({ one_time_keys: 'object' }),
  context: get({ event: 'object', events_before: 'array', events_after: 'array', state: 'array' }),
  createBackup: post({ version: 'string' }),
  download: { method: 'GET' },
  hierarchy: get({ rooms: 'array' }),
  join: post({ room_id: 'string' }),
  login: post({ user_id: 'string', access_token: 'string', device_id: 'string' }),
  logout: post({}),
  members: get({ chunk: 'array' }),
  messages: get({ chunk: 'array', start: 'string' }),
  presence: put({}),
  profile: get({}),
  publicRooms: post({ chunk: 'array' }),
  pushers: post({}),
  queryKeys: post({ device_keys: 'object' }),
  readMarkers: post({}),
  refresh: post({ access_token: 'string' }),
  relations: get({ chunk: 'array' }),
  restoreKeys: get({ rooms: 'object' }),
  search: post({ search_categories: 'object' }),
  send: put({ event_id: 'string' }),
  sendToDevice: put({}),
  setAccountData: put({}),
  slidingSync: post({ pos: 'string', rooms: 'object', extensions: 'object' }),
  sync: get({ next_batch: 'string' }),
  threads: get({ chunk: 'array' }),
  typing: put({}),
  upload: post({ content_uri: 'string' }),
  uploadKeys: post({ one_time_key_counts: 'object' }),
  userDirectory: post({ results: 'array', limited: 'boolean' }),
  versions: get({ versions: 'array' }),
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;

/** The first field that is not there or of another kind; undefined when the answer is as specified. */
export function breachIn({ answer }: Operation, body: object | undefined): string | undefined {
  if (answer === undefined) return undefined;
  if (body === undefined) return 'json';
  const values: Readonly<Record<string, unknown>> = { ...body };
  return Object.entries(answer).find(([field, kind]) => kindOf(values[field]) !== kind)?.[0];
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);
