import type { VariantName } from '../../core/model/lab.ts';
import type { Json, Setting } from './setting.ts';

/** A setting in which a variant differs from the reference deployment, and what it is for. */
export interface VariantSetting extends Pick<Setting, 'key' | 'value'> {
  readonly reason: string;
}

const set = (key: string, value: Json, reason: string): VariantSetting => ({ key, value, reason });

/** They win over the reference settings; addresses of surroundings are added by the lab. */
export const settingsOf = (variant: VariantName): readonly VariantSetting[] => settings[variant]();

const settings: Readonly<Record<VariantName, () => readonly VariantSetting[]>> = {
  open: () => [
    ...freedoms(),
    ...liftedLimits(),
    ...sessions(),
    ...media(),
    ...lifetimes(),
    ...experimentalFeatures(),
    ...serversOfTheBench(),
  ],
  limited: () => [...tokensOnly(), ...shortSessions(), ...lowLimits()],
  federated: () => [...federation(), ...openToAll(), ...directory(true)],
  partner: () => [...federation(), ...openToAll(), ...directory(false)],
  intermittent: () => [...federation(), ...openToAll(), ...directory(true)],
  // Whom it lists is known when that one has started; without it nobody.
  selective: () => [...federation(), ...directory(true)],
};

function freedoms(): readonly VariantSetting[] {
  const registration = 'rules of registration show themselves only where one may register';
  return [
    set('enable_registration', true, registration),
    set('enable_registration_without_verification', true, registration),
    set('allow_guest_access', true, 'rules for guests need guests'),
    set('enable_set_displayname', true, 'a display name must be settable to be seen changing'),
    set('enable_3pid_changes', true, 'addresses of an account are added and removed'),
    set('presence.enabled', true, 'presence is asked about'),
    set(
      'encryption_enabled_by_default_for_room_type',
      'off',
      'rooms without encryption are a preset of the specification',
    ),
    set('user_directory.search_all_users', false, 'who shares no room any more is found no more'),
    set('allow_public_rooms_without_auth', true, 'the room directory may be asked without an account'),
    set('require_auth_for_profile_requests', false, 'profiles are public by the specification'),
    set('push.include_content', true, 'the full push format is only seen with content'),
    set('serve_server_wellknown', true, 'the discovery document for homeservers is asked for'),
    set('auto_accept_invites.enabled', false, 'an invitation to a direct conversation must be seen waiting'),
    set('forget_rooms_on_leave', false, 'leaving and forgetting are two steps of the specification'),
    set('request_token_inhibit_3pid_errors', true, 'nobody may learn by asking which addresses are known'),
    set('turn_uris', ['turn:turn.pruefstand.invalid?transport=udp'], 'credentials for calls are handed out'),
    set('turn_shared_secret', 'pruefstand', 'credentials for calls are limited in time'),
    set('turn_user_lifetime', '1h', 'credentials for calls are limited in time'),
    set('turn_allow_guests', false, 'guests get no credentials for calls'),
  ];
}

function liftedLimits(): readonly VariantSetting[] {
  const keys = [
    'rc_message',
    'rc_registration',
    'rc_registration_token_validity',
    'rc_login.address',
    'rc_login.account',
    'rc_login.failed_attempts',
    'rc_joins.local',
    'rc_joins.remote',
    'rc_joins_per_room',
    'rc_invites.per_room',
    'rc_invites.per_user',
    'rc_invites.per_issuer',
    'rc_third_party_invite',
    'rc_3pid_validation',
    'rc_media_create',
    'rc_presence.per_user',
    'rc_delayed_event_mgmt',
    'rc_room_creation',
    'rc_reports',
    'rc_user_directory',
    'rc_profile',
    'rc_admin_redaction',
    'rc_key_requests',
  ];
  return keys.flatMap((key) =>
    limit(key, 10_000, 10_000, 'many checks act at once; limits are the business of another variant'),
  );
}

const limit = (key: string, perSecond: number, burst: number, reason: string): readonly VariantSetting[] => [
  set(`${key}.per_second`, perSecond, reason),
  set(`${key}.burst_count`, burst, reason),
];

function sessions(): readonly VariantSetting[] {
  return [
    set('refreshable_access_token_lifetime', '2m', 'the announced lifetime is compared with this value'),
    set('refresh_token_lifetime', '24h', 'tokens for renewal end, too'),
    set('login_via_existing_session.enabled', true, 'one session helps the next one in'),
    set('login_via_existing_session.require_ui_auth', true, 'the specification asks the person again'),
    set('login_via_existing_session.token_timeout', '3s', 'an expired token is asked for within seconds'),
    set('ui_auth.session_timeout', '0s', 'each sensitive operation is confirmed by itself'),
  ];
}

/** Ranges that Synapse's manual names for previews; only loopback is let through, where our own pages are served. */
const closedRanges = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '192.0.0.0/24',
  '169.254.0.0/16',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  'fe80::/10',
  'fc00::/7',
  '2001:db8::/32',
  'ff00::/8',
  'fec0::/10',
];

/** What of this process the homeserver may call. The rest of loopback stays closed, so that refusals can be seen. */
const ownAddress = ['127.0.0.1/32'];

function media(): readonly VariantSetting[] {
  return [
    set('enable_authenticated_media', true, 'files are handed out to accounts only, as the specification has it'),
    set('url_preview_enabled', true, 'previews are asked about'),
    set('url_preview_ip_range_blacklist', [...closedRanges, '127.0.0.0/8', '::1/128'], 'Synapse demands a list'),
    set('url_preview_ip_range_whitelist', ownAddress, 'our own pages are served there'),
  ];
}

function lifetimes(): readonly VariantSetting[] {
  const reason = 'a room with a lifetime of seconds is emptied while a check looks on';
  return [
    set('retention.enabled', true, reason),
    set('retention.allowed_lifetime_min', '1s', reason),
    set('retention.purge_jobs', [{ interval: '2s' }], reason),
    set('enable_ephemeral_messages', true, 'messages that delete themselves'),
    set('max_event_delay_duration', '1d', 'delayed events are asked about'),
  ];
}

/** Left out: features that change error codes, add room versions or await approval. */
function experimentalFeatures(): readonly VariantSetting[] {
  const features = {
    msc3814_enabled: 'dehydrated devices',
    msc3391_enabled: 'account data can be deleted',
    msc3890_enabled: 'settings of notifications are kept per device',
    msc3881_enabled: 'notifications of another device are switched',
    msc3874_enabled: 'messages are filtered by their relation',
    msc4222_enabled: 'the state after the timeline comes with sync',
    msc4133_enabled: 'fields of one’s own in the profile',
    msc4155_enabled: 'invitations are filtered',
    msc4306_enabled: 'threads are subscribed to',
    msc4354_enabled: 'sticky events',
    msc4235_enabled: 'the hierarchy of spaces is asked of other servers',
    msc4267_enabled: 'rooms are forgotten when left',
    msc4076_enabled: 'a pusher switches its badge count off',
    msc4028_push_encrypted_events: 'encrypted events wake every device',
    msc2409_to_device_messages_enabled: 'application services get to-device messages',
    msc3202_transaction_extensions: 'application services learn about devices',
    msc3983_appservice_otk_claims: 'application services hand out one-time keys',
    msc3984_appservice_key_query: 'application services answer for device keys',
    msc3720_enabled: 'the state of an account is asked',
  };
  return Object.entries(features).map(([name, reason]) => set(`experimental_features.${name}`, true, reason));
}

function serversOfTheBench(): readonly VariantSetting[] {
  return [
    set('ip_range_whitelist', ownAddress, 'push gateway, application service and identity provider of the bench'),
  ];
}

function shortSessions(): readonly VariantSetting[] {
  const reason = 'a session that ends is seen within seconds';
  return [set('refreshable_access_token_lifetime', '2s', reason), set('refresh_token_lifetime', '24h', reason)];
}

function tokensOnly(): readonly VariantSetting[] {
  const reason = 'registration with a token handed out by the administration';
  return [
    set('enable_registration', true, reason),
    set('registration_requires_token', true, reason),
    ...limit('rc_registration_token_validity', 10_000, 10_000, 'the limit of tokens is not what is asked about'),
  ];
}

function lowLimits(): readonly VariantSetting[] {
  const reason = 'a few requests must meet the limit';
  // One more is granted every two seconds: the way back is seen, too, and no test machine is so slow that none is refused.
  const low = (key: string, burst = 2) => limit(key, 0.5, burst, reason);
  return [
    set('max_upload_size', '64K', reason),
    ...low('rc_message', 5),
    ...limit('rc_registration', 100, 100, 'accounts of the checks are made on the way'),
    ...limit('rc_login.address', 100, 100, 'several accounts log in from this machine'),
    ...low('rc_login.account', 3),
    ...low('rc_login.failed_attempts', 3),
    ...low('rc_joins.local', 3),
    ...low('rc_joins_per_room', 3),
    ...low('rc_invites.per_room', 3),
    ...low('rc_invites.per_user', 3),
    ...low('rc_invites.per_issuer', 3),
    ...low('rc_media_create', 3),
    ...low('rc_key_requests', 3),
    ...low('rc_reports', 3),
    ...low('rc_room_creation', 4),
    ...low('rc_user_directory', 3),
  ];
}

function federation(): readonly VariantSetting[] {
  const loopback = ['127.0.0.0/8', '::1/128'];
  return [
    set('federation_ip_range_blacklist', [], 'the other homeserver is on this machine'),
    set('ip_range_whitelist', loopback, 'the other homeserver is on this machine'),
    set('allow_profile_lookup_over_federation', true, 'profiles are asked across homeservers'),
    set('allow_device_name_lookup_over_federation', false, 'names of devices stay at home'),
    set('limit_profile_requests_to_users_who_share_rooms', false, 'profiles are asked across homeservers'),
    set('enable_set_displayname', true, 'a changed name travels'),
    set('presence.enabled', true, 'presence travels'),
    set('encryption_enabled_by_default_for_room_type', 'off', 'events are read in the clear on both sides'),
    set('auto_accept_invites.enabled', false, 'an invitation must be seen waiting'),
    set('forget_rooms_on_leave', false, 'leaving and forgetting are two steps of the specification'),
    set('enable_authenticated_media', true, 'files travel over the protected way only'),
    set('federation.destination_min_retry_interval', '1s', 'a homeserver that comes back is noticed at once'),
    set('federation.destination_retry_multiplier', 1, 'a homeserver that comes back is noticed at once'),
    set('federation.destination_max_retry_interval', '2s', 'a homeserver that comes back is noticed at once'),
    set('federation.client_timeout', '10s', 'a homeserver that is silent is given up within a check'),
    set('federation.max_long_retries', 2, 'a homeserver that is silent is given up within a check'),
    set('federation.max_long_retry_delay', '1s', 'a homeserver that is silent is given up within a check'),
    ...liftedLimits(),
    ...limitedFederation(),
  ];
}

const openToAll = (): readonly VariantSetting[] => [
  set('federation_domain_whitelist', null, 'every homeserver of this machine may take part'),
];

const directory = (isOpen: boolean): readonly VariantSetting[] => [
  set('allow_public_rooms_over_federation', isOpen, 'a room directory open to other homeservers and one that is not'),
];

function limitedFederation(): readonly VariantSetting[] {
  const reason = 'many checks act at once';
  return [
    set('rc_federation.window_size', 1_000, reason),
    set('rc_federation.sleep_limit', 100_000, reason),
    set('rc_federation.reject_limit', 100_000, reason),
    set('rc_federation.concurrent', 100, reason),
  ];
}
