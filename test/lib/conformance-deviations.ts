import { claimPath } from '../../conformance/lib/key-requests.ts';
import type { ToolPaths } from '../../deployment/provider.ts';
import { federationDeviations } from './federation-deviations.ts';

const aliasPath = '/_matrix/client/v3/directory/room/{roomAlias}';
const devicesPath = '/_matrix/client/v3/devices';
const fieldPath = '/_matrix/client/v3/profile/{userId}/{keyName}';
const addressesPath = '/_matrix/client/v3/account/3pid';
const backedUpPath = '/_matrix/client/v3/room_keys/keys/{roomId}/{sessionId}';

const unusedDevices = [
  `schema-violation GET ${devicesPath} → 200`,
  `schema-violation GET ${devicesPath}/{deviceId} → 200`,
];
const namelessDevice = ['schema-violation GET /_matrix/client/v3/admin/whois/{userId} → 200'];
const nullPictures = ['schema-violation POST /_matrix/client/v3/user_directory/search → 200'];

type Deviations = Readonly<Record<string, readonly string[]>>;

/** By check: findings (`code where`) the untouched reference deployment really gives cause for. */
export const conformanceDeviations = ({ postgresBin }: Pick<ToolPaths, 'postgresBin'>): Deviations =>
  postgresBin === undefined ? onAnyDatabase : { ...onAnyDatabase, ...onPostgres };

const onPostgres: Deviations = {
  // Synapse 1.163.2: of two claims for the same key the later finds it gone and takes no other.
  'conformance.keys.keys-claim-crowd': [`empty-handed POST ${claimPath}`],
};

const onAnyDatabase: Deviations = {
  // Synapse 1.163.2 looks whether the room exists before it looks who is asking.
  'conformance.disc.no-token': [`operation-without-token PUT ${aliasPath}`],
  'conformance.disc.bad-token': [`operation-with-bad-token PUT ${aliasPath}`],
  // Synapse 1.163.2 answers null for devices that were never used, where the specification has the keys left out.
  'conformance.dev.dev-list': unusedDevices,
  'conformance.dev.dev-unused': unusedDevices,
  // Synapse 1.163.2 refuses changes of foreign profiles with 400, where the specification has 403.
  'conformance.acct.prof-avatar': [`foreign-refusal PUT ${fieldPath}`],
  'conformance.acct.prof-custom': [`foreign-refusal DELETE ${fieldPath}`],
  'conformance.acct.prof-displayname': [`foreign-refusal PUT ${fieldPath}`],
  'conformance.disc.foreign-token': [
    `foreign-refusal-unclear DELETE ${fieldPath}`,
    `foreign-refusal-unclear PUT ${fieldPath}`,
  ],
  // Synapse 1.163.2 answers 200 for a name or picture that is not set, where the specification has 404.
  'conformance.acct.prof-unset': [`unset-picture GET ${fieldPath}`],
  // Synapse 1.163.2 without a relay for calls answers {}, where the specification requires four keys.
  'conformance.acct.turn': ['schema-violation GET /_matrix/client/v3/voip/turnServer → 200'],
  // Synapse 1.163.2 lists what was done without a device under the empty key, which identifies no device.
  'conformance.acct.whois': namelessDevice,
  'conformance.acct.whois-admin': namelessDevice,
  // Synapse 1.163.2 lets an unreachable identity server end in an inner error.
  'conformance.acct.threepid-identity': [`server-error POST ${addressesPath}/bind → 500`],
  // Synapse 1.163.2 refuses an unproven address with 400, where the specification has 403.
  'conformance.acct.threepid-legacy': [`refusal-status POST ${addressesPath}`],
  // Synapse 1.163.2 refuses a used refresh token with 403, where the specification has 401.
  'conformance.login.login-refresh': ['old-token-refusal POST /_matrix/client/v3/refresh'],
  // Synapse 1.163.2 gives no errcode for an unknown protocol; every error has one.
  'conformance.directory.thirdparty': ['schema-violation GET /_matrix/client/v3/thirdparty/protocol/{protocol} → 404'],
  // Synapse 1.163.2 answers null for pictures that are not set, where the specification has a string or no key.
  'conformance.directory.userdir': nullPictures,
  // On the target and on the variant.
  'conformance.directory.userdir-leave': [...nullPictures, ...nullPictures],
  'conformance.directory.userdir-policy': nullPictures,
  'conformance.memb.joined-members': ['schema-violation GET /_matrix/client/v3/rooms/{roomId}/joined_members → 200'],
  // Synapse 1.163.2 answers null for the profile tag of a notification without one.
  'conformance.push.notifications-api': ['schema-violation GET /_matrix/client/v3/notifications → 200'],
  // Synapse 1.163.2 compares the keys one criterion at a time, so that one better criterion outweighs worse ones before it.
  'conformance.keys.backup-replace-rule': [
    `later-start-taken GET ${backedUpPath}`,
    `unverified-taken GET ${backedUpPath}`,
  ],
  // Synapse 1.163.2 names the version it was asked for as the current one, and stumbles over a backup without a description.
  'conformance.keys.backup-version': [
    `current-version-missing PUT ${backedUpPath}`,
    'incomplete-not-refused POST /_matrix/client/v3/room_keys/version',
    'server-error POST /_matrix/client/v3/room_keys/version → 500',
  ],
  // Synapse 1.163.2 stumbles over a list where an object of one-time keys belongs.
  'conformance.keys.keys-validate': [
    'list-not-refused POST /_matrix/client/v3/keys/upload',
    'server-error POST /_matrix/client/v3/keys/upload → 500',
  ],
  // The settings of the BundesMessenger leave the old addresses of files open, against requirement DS-11.
  'conformance.media.media-legacy-closed': [
    'served-without-login GET /_matrix/media/v3/download/{serverName}/{mediaId}',
    'served-without-login GET /_matrix/media/v3/download/{serverName}/{mediaId}/{fileName}',
    'served-without-login GET /_matrix/media/v3/thumbnail/{serverName}/{mediaId}',
  ],
  // Synapse 1.163.2 stumbles over a server name that is none.
  'conformance.media.media-traversal': [
    'server-error GET /_matrix/media/v3/download/%2Fetc%2Fpasswd/abc → 500',
    'server-error GET /_matrix/media/v3/download/..%5C..%5Cetc%5Cpasswd/abc → 500',
  ],
  // Synapse 1.163.2 stumbles over an IPv6 address in the address of a page.
  'conformance.media.preview-safe': ['server-error GET /_matrix/client/v1/media/preview_url → 500'],
  // Synapse 1.163.2 names null as the type of the event where it tells a push gateway of a number alone.
  'conformance.push.push-badge': ['request-violation POST /_matrix/push/v1/notify'],
  // Synapse 1.163.2 asks no service who its accounts and aliases are in the other network.
  'conformance.as.as-thirdparty-reverse': [
    'user-unknown GET /_matrix/client/v3/thirdparty/user',
    'location-unknown GET /_matrix/client/v3/thirdparty/location',
  ],
  // Synapse 1.163.2 takes a connection to a service that breaks for one that timed out.
  'conformance.as.as-ping': ['break-misnamed POST /_matrix/client/v1/appservice/{appserviceId}/ping'],
  // Synapse 1.163.2 stumbles over a typing notice that does not say whether somebody types, and needs no keys to hand some out.
  'conformance.disc.malformed-bodies': [
    'incomplete-taken POST /_matrix/client/v3/keys/claim',
    'incomplete-taken PUT /_matrix/client/v3/rooms/{roomId}/typing/{userId}',
    'server-error PUT /_matrix/client/v3/rooms/{roomId}/typing/{userId} → 500',
  ],
  // Synapse 1.163.2 answers an empty list where the specification has 404.
  'conformance.as.as-thirdparty-missing': [
    'missing-not-told GET /_matrix/client/v3/thirdparty/location',
    'missing-not-told GET /_matrix/client/v3/thirdparty/location/{protocol}',
    'missing-not-told GET /_matrix/client/v3/thirdparty/user',
    'missing-not-told GET /_matrix/client/v3/thirdparty/user/{protocol}',
  ],
  // Synapse 1.163.2 forgets rooms on leaving when it is set so, and does not announce it under the name of the specification.
  'conformance.memb.forget': ['forgotten-silently GET /_matrix/client/v3/sync'],
  // Synapse 1.163.2 takes both parameters as conditions to be met together, where the specification has either.
  'conformance.memb.members-list': ['combination-differs GET /_matrix/client/v3/rooms/{roomId}/members'],
  // Synapse 1.163.2 looks at the path of a push gateway alone, where the specification demands HTTPS.
  'conformance.push.pusher-crud': [
    'unencrypted-gateway-accepted POST /_matrix/client/v3/pushers/set',
    'unencrypted-gateway-accepted POST /_matrix/client/v3/pushers/set',
  ],
  ...federationDeviations,
  // Synapse 1.163.2 shows the event that created an excluded room of version 12, for it carries no room id to filter by.
  'conformance.sync.sync-filter': ['excluded-room-there GET /_matrix/client/v3/sync'],
  // Synapse 1.163.2 mixes presence into the old stream without sender, id and time, which every event there has.
  'conformance.sync.sync-legacy': [
    'event-violation GET /_matrix/client/v3/events → 200: m.presence',
    'schema-violation GET /_matrix/client/v3/events → 200',
  ],
};
