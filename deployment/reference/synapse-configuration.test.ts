import { expect, test } from 'vitest';
import { createSecrets } from './secrets.ts';
import { type SynapsePlan, synapseConfiguration } from './synapse-configuration.ts';

const plan: SynapsePlan = {
  serverName: 'localhost:8448',
  publicUrl: 'https://localhost:8448',
  directory: '/d',
  dataDirectory: '/d',
  bindAddress: '127.0.0.1',
  clientPort: 1,
  adminPort: 2,
  database: { engine: 'sqlite', path: '/d/db' },
  secrets: createSecrets(),
};

test('the homeserver knows under which address people reach it', () => {
  expect(synapseConfiguration(plan)).toMatchObject({
    server_name: 'localhost:8448',
    public_baseurl: 'https://localhost:8448/',
    listeners: [{ port: 1, tls: false, x_forwarded: true, resources: [{ names: ['client'] }] }, { port: 2 }],
  });
});

test('settings of a variant win', () => {
  const overrides = [{ key: 'presence.enabled', value: true }];
  expect(synapseConfiguration({ ...plan, overrides })).toMatchObject({ presence: { enabled: true } });
});

test('a homeserver that speaks TLS itself answers other homeservers and believes no forwarding header', () => {
  const alone = { ...plan, standsAlone: true, tls: { certificate: 'c', key: 'k' } };
  expect(synapseConfiguration(alone)).toMatchObject({
    tls_certificate_path: '/d/homeserver.crt',
    listeners: [
      { port: 1, tls: true, x_forwarded: false, resources: [{ names: ['client', 'federation'] }] },
      { port: 2 },
    ],
  });
});

test('clients may have an address of their own beside that of everything inside', () => {
  expect(synapseConfiguration({ ...plan, clientAddress: '127.0.0.1', bindAddress: '127.9.8.7' })).toMatchObject({
    listeners: [
      { port: 1, bind_addresses: ['127.0.0.1'] },
      { port: 2, bind_addresses: ['127.9.8.7'] },
    ],
  });
});
