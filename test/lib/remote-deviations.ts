/**
 * By check: findings where the variant `open`, standing in for a target, is set otherwise than the reference deployment:
 * it has no edge, and permits what that one forbids.
 */
export const remoteDeviations: Readonly<Record<string, readonly string[]>> = {
  // require_auth_for_profile_requests: false
  'conformance.acct.prof-policy': ['profile-without-token GET /_matrix/client/v3/profile/{userId}'],
  // encryption_enabled_by_default_for_room_type: off
  'conformance.create.create-forced-e2ee': ['private', 'public', 'trusted-private'].map(
    (kind) => `not-encrypted-${kind}-chat GET /_matrix/client/v3/rooms/{roomId}/state`,
  ),
  // allow_public_rooms_without_auth: true
  'conformance.directory.publicrooms-anon': ['listed-without-token GET /_matrix/client/v3/publicRooms'],
  // enable_registration: true, allow_guest_access: true
  'conformance.reg.reg-closed': ['registration-offered POST /_matrix/client/v3/register'],
  'conformance.reg.reg-guest': ['guest-admitted POST /_matrix/client/v3/register'],
  // presence.enabled: true
  'conformance.eph.presence-off': [
    'activity-answered GET /_matrix/client/v3/presence/{userId}/status',
    'presence-answered GET /_matrix/client/v3/presence/{userId}/status',
    'presence-told GET /_matrix/client/v3/sync',
  ],
  'conformance.sync.sync-legacy': [
    'event-violation GET /_matrix/client/v3/initialSync → 200: m.presence',
    'event-violation GET /_matrix/client/v3/rooms/{roomId}/initialSync → 200: m.presence',
  ],
  // url_preview_enabled: true
  'conformance.media.preview-off-or-safe': [
    'preview-served GET /_matrix/client/v1/media/preview_url',
    'preview-served GET /_matrix/media/v3/preview_url',
  ],
  // Without an edge nothing adds a header or closes a path, and every path reaches the homeserver as it was written.
  'conformance.media.media-headers': ['type-guessed GET /_matrix/client/v1/media/download/{serverName}/{mediaId}'],
  'conformance.media.media-traversal': [
    'server-error GET /_matrix/media/v3/download/%2e%2e%2f%2e%2e%2fhomeserver.yaml/abc → 500',
    'server-error GET /_matrix/media/v3/download/..%2F..%2F..%2Fetc%2Fpasswd/abc → 500',
    'server-error GET /_matrix/media/v3/download/../abc → 500',
  ],
  'conformance.reg.reg-shared-secret': [
    'reachable GET /_synapse/admin/v1/register',
    'reachable POST /_synapse/admin/v1/register',
  ],
  // experimental_features.msc4306_enabled: true; threads nobody subscribed to are not counted.
  'conformance.msg.thread-counts': [
    'counts-not-split GET /_matrix/client/v3/sync',
    'receipt-spills GET /_matrix/client/v3/sync',
  ],
};
