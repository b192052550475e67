import type { Setting } from './setting.ts';

/** The chart of the BundesMessenger, values.yaml at Synapse 1.133.0; key of the value. */
const chart = (key: string): string => `BundesMessenger chart, values.yaml: ${key}`;

const extra = (key: string, value: Setting['value']): Setting => ({ key, value, source: chart(`extraConfig.${key}`) });

/** Every published default that the parts at hand can carry. Addresses, listeners and secrets are added by the provider. */
export const synapseSettings: readonly Setting[] = [
  { key: 'report_stats', value: false, source: chart('config.reportStats') },
  { key: 'enable_registration', value: false, source: chart('config.enableRegistration') },
  { key: 'enable_metrics', value: true, source: chart('config.enable_metrics') },
  { key: 'trusted_key_servers', value: [], source: chart('config.trustedKeyServers') },
  extra('auto_accept_invites.enabled', true),
  extra('auto_accept_invites.only_for_direct_messages', true),
  extra('auto_accept_invites.only_from_local_users', true),
  extra('max_upload_size', '50M'),
  extra('max_avatar_size', '5M'),
  extra('media_retention.remote_media_lifetime', '90d'),
  extra('enable_authenticated_media', false),
  extra('require_auth_for_profile_requests', true),
  extra('limit_profile_requests_to_users_who_share_rooms', false),
  extra('include_profile_data_on_invite', true),
  extra('allow_public_rooms_without_auth', false),
  extra('allow_public_rooms_over_federation', false),
  extra('block_non_admin_invites', false),
  extra('ip_range_whitelist', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']),
  extra('presence.enabled', false),
  extra('enable_search', true),
  extra('user_directory.enabled', true),
  extra('user_directory.search_all_users', true),
  extra('enable_set_displayname', false),
  extra('require_membership_for_aliases', true),
  extra('delete_stale_devices_after', '90d'),
  extra('user_ips_max_age', '28d'),
  extra('forget_rooms_on_leave', true),
  extra('forgotten_room_retention_period', '28d'),
  extra('retention.enabled', false),
  extra('url_preview_enabled', false),
  extra('oembed.disable_default_providers', true),
  extra('enable_3pid_lookup', false),
  extra('allow_guest_access', false),
  extra('password_config.enabled', true),
  extra('password_config.localdb_enabled', true),
  extra('password_config.policy.enabled', true),
  extra('password_config.policy.minimum_length', 8),
  extra('password_config.policy.require_digit', true),
  extra('password_config.policy.require_symbol', true),
  extra('password_config.policy.require_lowercase', true),
  extra('password_config.policy.require_uppercase', true),
  extra('ui_auth.session_timeout', '15s'),
  extra('push.include_content', false),
  extra('encryption_enabled_by_default_for_room_type', 'all'),
  extra('stats.enabled', true),
  extra('enable_room_list_search', true),
  extra('room_list_publication_rules', [{ action: 'allow', alias: '*', room_id: '*', user_id: '*' }]),
  extra('opentracing.enabled', false),
  extra('dynamic_thumbnails', true),
  extra('federation_domain_whitelist', []),
  extra('prevent_media_downloads_from', []),
  { key: 'default_room_version', value: '12', source: 'Synapse 1.163.2, built-in default' },
  ...rateLimits(),
  ...departures(),
];

/** The chart sets no limit of Synapse, so Synapse's own apply; they are written out to be seen. */
function rateLimits(): readonly Setting[] {
  const own = (key: string, perSecond: number, burst: number): Setting[] => [
    { key: `${key}.per_second`, value: perSecond, source: 'Synapse 1.163.2, built-in default' },
    { key: `${key}.burst_count`, value: burst, source: 'Synapse 1.163.2, built-in default' },
  ];
  return [
    ...own('rc_message', 0.2, 10),
    ...own('rc_registration', 0.17, 3),
    ...own('rc_login.failed_attempts', 0.17, 3),
    ...own('rc_joins.local', 0.1, 10),
    ...own('rc_joins_per_room', 1, 10),
    ...own('rc_invites.per_room', 0.3, 10),
    ...own('rc_invites.per_user', 0.003, 5),
    ...own('rc_invites.per_issuer', 0.3, 10),
    ...own('rc_media_create', 10, 50),
    ...own('rc_room_creation', 0.016, 10),
    ...own('rc_reports', 1, 5),
    ...own('rc_user_directory', 0.016, 200),
    ...own('rc_profile', 1, 500),
  ];
}

/** Where the reference deployment is not what the chart would install; what is missing altogether is in absent-components.ts. */
function departures(): readonly Setting[] {
  const mas = 'the authentication service cannot be had; its published limits are carried to the homeserver';
  const login = (part: string) => chart(`mas rate_limiting.login.${part}`);
  return [
    { key: 'rc_login.address.per_second', value: 0.05, source: login('per_ip.per_second'), departure: mas },
    { key: 'rc_login.address.burst_count', value: 3, source: login('per_ip.burst'), departure: mas },
    { key: 'rc_login.account.per_second', value: 0.5, source: login('per_account.per_second'), departure: mas },
    { key: 'rc_login.account.burst_count', value: 1800, source: login('per_account.burst'), departure: mas },
    {
      key: 'bcrypt_rounds',
      value: 4,
      source: 'Synapse 1.163.2, built-in default 12',
      departure: 'lowered for speed: hundreds of throw-away accounts are made in each run',
    },
    {
      key: 'suppress_key_server_warning',
      value: true,
      source: 'Synapse 1.163.2, built-in default false',
      departure: 'only silences a warning that follows from the empty list of key servers',
    },
  ];
}
