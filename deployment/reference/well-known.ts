import type { Json } from './setting.ts';

/** What the BundesMessenger adds to the client document; its chart, templates/well-known. */
export function wellKnownExtras(legalUrl: string): Record<string, Json> {
  return {
    'io.element.e2ee': {
      secure_backup_required: true,
      secure_backup_setup_methods: ['passphrase'],
      outbound_keys_pre_sharing_mode: 'on_room_opening',
    },
    'de.bwi': { data_privacy_url: `${legalUrl}/datenschutz`, imprint_url: `${legalUrl}/impressum` },
  };
}

export function wellKnownClient(homeserverUrl: string): Record<string, Json> {
  return { 'm.homeserver': { base_url: homeserverUrl }, ...wellKnownExtras(homeserverUrl) };
}

/** Whom to ask about this server, as the specification has it since version 1.10. */
export function wellKnownSupport(homeserverUrl: string): Record<string, Json> {
  return {
    contacts: [
      { role: 'm.role.admin', email_address: 'betrieb@pruefstand.invalid' },
      { role: 'm.role.security', email_address: 'sicherheit@pruefstand.invalid' },
    ],
    support_page: `${homeserverUrl}/impressum`,
  };
}
