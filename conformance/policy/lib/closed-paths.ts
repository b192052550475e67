/** A path that must not be public, and the folder in which an invented sibling is asked for to compare. */
export interface ClosedPath {
  readonly path: string;
  readonly sibling: string;
}

const adminPaths = [
  '/_synapse/admin/v1/register',
  '/_synapse/admin/v1/server_version',
  '/_synapse/admin/v1/rooms',
  '/_synapse/admin/v2/users',
  '/_synapse/admin/v3/users',
] as const;

const otherPaths = [
  '/_synapse/metrics',
  '/_synapse/replication',
  '/_synapse/replication/stream_positions',
  '/_synapse/mas/sync_devices',
  '/_synapse/manhole',
  '/metrics',
  '/health',
  '/_health',
  '/healthz',
  '/debug/pprof/',
  '/nginx_status',
  '/server-status',
  '/status',
] as const;

const inventedName = 'pruefstand-erfunden';

/** A last step nobody ever gave a meaning to. */
const siblingOf = (path: string): string =>
  `${path.slice(0, path.replace(/\/$/, '').lastIndexOf('/') + 1)}${inventedName}`;

/**
 * Ways to write an address that an edge may read otherwise than the server behind it: dot segments, also encoded,
 * doubled slashes, path parameters, encoded letters and slashes, capitals.
 */
const spellings: readonly ((path: string) => string)[] = [
  (path) => `/${path}`,
  (path) => `/.${path}`,
  (path) => `/%2e${path}`,
  (path) => path.replaceAll('/', '//'),
  (path) => path.replace('/_synapse/', '/_synapse;/'),
  (path) => path.replace('/admin/', '/admin;x=1/'),
  (path) => path.replace('/_synapse/', '/%5fsynapse/'),
  (path) => path.replace('/admin/', '/%61dmin/'),
  (path) => path.replace('/_synapse/admin', '/_synapse%2fadmin'),
  (path) => path.replace('/_synapse/', '/_SYNAPSE/'),
  (path) => `/_matrix/..${path}`,
  (path) => `/_matrix/%2e%2e${path}`,
  (path) => `/_matrix/..%2f${path.slice(1)}`,
  (path) => `/_matrix/client/%2e%2e/%2e%2e${path}`,
  (path) => `/_matrix/client/..;/..;${path}`,
  (path) => `/_matrix/;/..${path}`,
  (path) => path.replace('/_synapse/', '/_synapse/client/../'),
  (path) => path.replace('/_synapse/', '/_synapse/client/%2e%2e/'),
  (path) => path.replace('/_synapse/', '/_synapse/client/..%2f'),
  (path) => path.replace('/_synapse/', '/_synapse/client/..;/'),
  (path) => path.replace('/_synapse/', '/_synapse/client//../'),
];

/** Paths as they are, and the paths most worth reaching in every spelling. */
export function closedPaths(): readonly ClosedPath[] {
  const plain = [...adminPaths, ...otherPaths].map((path) => ({ path, sibling: siblingOf(path) }));
  const worthReaching = ['/_synapse/admin/v1/register', '/_synapse/admin/v2/users'];
  const spelled = worthReaching.flatMap((path) =>
    spellings.map((spell) => ({ path: spell(path), sibling: spell(siblingOf(path)) })),
  );
  return [...plain, ...spelled];
}
