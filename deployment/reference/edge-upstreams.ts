/** Addresses (host:port) of the processes that answer. Without workers everything goes to the main one. */
export interface Upstreams {
  readonly main: string;
  readonly workers?: { readonly sync: string; readonly other: string } | undefined;
}

/** Paths a generic worker may answer; Synapse 1.163, documentation of workers. */
const syncPaths = [
  '^/_matrix/client/(r0|v3)/(sync|events|initialSync)(\\?|$)',
  '^/_matrix/client/(api/v1|r0|v3)/rooms/[^/?]+/initialSync',
  '^/_matrix/client/unstable/org.matrix.simplified_msc3575/sync',
];

const otherPaths = [
  '^/_matrix/client/(api/v1|r0|v3|unstable)/createRoom(\\?|$)',
  '^/_matrix/client/(api/v1|r0|v3|unstable)/publicRooms(\\?|$)',
  '^/_matrix/client/(api/v1|r0|v3|unstable)/rooms/[^/?]+/(joined_members|context/|members|state|event/|messages|aliases)',
  '^/_matrix/client/(api/v1|r0|v3|unstable)/rooms/[^/?]+/(send|redact|join|invite|leave|ban|unban|kick)',
  '^/_matrix/client/v1/rooms/[^/?]+/(hierarchy|relations/|threads|timestamp_to_event)',
  '^/_matrix/client/(api/v1|r0|v3|unstable)/(join|knock)/',
  '^/_matrix/client/(api/v1|r0|v3|unstable)/(account/whoami|joined_rooms|search|profile/|user_directory/search)',
  '^/_matrix/client/versions(\\?|$)',
  '^/_matrix/client/(r0|v3|unstable)/keys/(query|changes|claim)',
  '^/_matrix/client/(r0|v3|unstable)/room_keys/',
];

/** Chooses the upstream from the path as it was written. */
export function upstreamLines(upstreams: Upstreams): string {
  const group = (name: string, address: string) =>
    `upstream ${name} { server ${address} max_fails=0; keepalive 64; keepalive_timeout 50s; }`;
  if (upstreams.workers === undefined) {
    return `${group('main', upstreams.main)}\n  map $request_uri $homeserver { default main; }`;
  }
  const routes = (paths: readonly string[], name: string) => paths.map((path) => `    "~${path}" ${name};`).join('\n');
  return `${group('main', upstreams.main)}
  ${group('sync_worker', upstreams.workers.sync)}
  ${group('other_worker', upstreams.workers.other)}
  map $request_uri $homeserver {
    default main;
${routes(syncPaths, 'sync_worker')}
${routes(otherPaths, 'other_worker')}
  }`;
}
