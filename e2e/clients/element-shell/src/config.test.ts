import { expect, test } from 'vitest';
import { completeConfig } from './config.ts';

const server = {
  default_server_config: { 'm.homeserver': { base_url: 'https://matrix.example', server_name: 'example' } },
};

test('the interface is German when the deployment names no language', () => {
  expect(completeConfig(server).setting_defaults['language']).toBe('de');
});

test('a language under default_language counts, one under setting_defaults counts more', () => {
  const given = { ...server, default_language: 'en' };
  expect(completeConfig(given).setting_defaults['language']).toBe('en');
  expect(completeConfig({ ...given, setting_defaults: { language: 'de' } }).setting_defaults['language']).toBe('de');
});

test('the theme follows the system only when the deployment names none', () => {
  expect(completeConfig(server).setting_defaults['use_system_theme']).toBe(true);
  expect(completeConfig({ ...server, default_theme: 'dark' }).setting_defaults['use_system_theme']).toBeUndefined();
});

test('what the deployment sets is kept', () => {
  const config = completeConfig({ ...server, brand: 'Amt', branding: { auth_header_logo_url: 'amt.svg' } });
  expect(config.brand).toBe('Amt');
  expect(config.branding.auth_header_logo_url).toBe('amt.svg');
});

test('a configuration without a homeserver is refused by the name of the missing key', () => {
  expect(() => completeConfig({ brand: 'Amt' })).toThrow('default_server_config["m.homeserver"].base_url');
});
