import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCertificates } from './certificates.ts';

test('the edge has a certificate for loopback names, issued by the authority', () => {
  const made = createCertificates();
  const authority = new X509Certificate(made.authority);
  const edge = new X509Certificate(made.certificate);
  expect(authority.ca).toBe(true);
  expect(edge.ca).toBe(false);
  expect(edge.verify(authority.publicKey)).toBe(true);
  expect(edge.checkIssued(authority)).toBe(true);
  expect(edge.checkHost('localhost')).toBe('localhost');
  expect(edge.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(edge.checkIP('::1')).toBe('::1');
  expect(edge.checkHost('example.org')).toBeUndefined();
  expect(new Date(edge.validTo).getTime()).toBeGreaterThan(Date.now());
});

test('two deployments do not trust each other', () => {
  const other = new X509Certificate(createCertificates().authority);
  expect(new X509Certificate(createCertificates().certificate).verify(other.publicKey)).toBe(false);
});
