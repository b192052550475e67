import type { Json } from './setting.ts';

/** What the server refuses or nobody answers is not offered. */
const hiddenFeatures = {
  'UIFeature.registration': false,
  'UIFeature.passwordReset': false,
  'UIFeature.feedback': false,
  'UIFeature.shareSocial': false,
};

/** Element's config.json: our homeserver, German, no guests and no host but ours. */
export function clientConfiguration(
  homeserverUrl: string,
  serverName: string,
  clientUrl: string,
): Record<string, Json> {
  return {
    default_server_config: { 'm.homeserver': { base_url: homeserverUrl, server_name: serverName } },
    brand: 'Prüfstand',
    default_theme: 'light',
    default_country_code: 'DE',
    setting_defaults: { language: 'de', ...hiddenFeatures },
    disable_guests: true,
    disable_custom_urls: true,
    disable_3pid_login: true,
    disable_login_language_selector: true,
    enable_presence_by_hs_url: { [homeserverUrl]: false },
    permalink_prefix: clientUrl,
    integrations_ui_url: null,
    integrations_rest_url: null,
    integrations_widgets_urls: [],
    bug_report_endpoint_url: null,
    jitsi: null,
    room_directory: { servers: [serverName] },
    show_labs_settings: false,
    features: { feature_release_announcement: false },
    privacy_policy_url: `${homeserverUrl}/datenschutz`,
  };
}
