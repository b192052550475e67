import type { GivenConfig, ShellConfig } from 'matrix-react-sdk/src/SdkConfig';

const defaults = {
  brand: 'Messenger',
  disable_guests: true,
  default_country_code: 'DE',
  // The SDK would offer services of its maker; a deployment that wants some names them.
  integrations_ui_url: null,
  integrations_rest_url: null,
};

/** German unless the deployment or the user says otherwise; the system's theme unless the deployment names one. */
function settingDefaults(given: GivenConfig): Record<string, unknown> {
  return {
    language: given.default_language ?? 'de',
    fallbackICEServerAllowed: false,
    ...(given.default_theme === undefined ? { use_system_theme: true } : {}),
    ...given.setting_defaults,
  };
}

/** Fills what a deployment left open; refuses a configuration that names no homeserver. */
export function completeConfig(given: GivenConfig): ShellConfig {
  const server = given.default_server_config;
  if (server?.['m.homeserver']?.base_url === undefined) {
    throw new Error('config.json: default_server_config["m.homeserver"].base_url');
  }
  return {
    ...defaults,
    ...given,
    default_server_config: server,
    branding: { auth_header_logo_url: 'logo.svg', ...given.branding },
    setting_defaults: settingDefaults(given),
  };
}

/** Reads what the server put beside index.html; the keys are those of Element's config.json. */
export async function loadConfig(): Promise<ShellConfig> {
  const response = await fetch('config.json', { cache: 'no-store' });
  if (!response.ok) throw new Error(`config.json: HTTP ${response.status}`);
  return completeConfig(await response.json());
}
