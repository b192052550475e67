import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { bits, integer, objectId, octets, pem, sequence, set, tagged, text, utcTime, yes } from './der.ts';

/** PEM texts of a certificate for the loopback names, and of its key. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

/** PEM texts of an authority that exists for one deployment and of the certificate it issued. */
export interface Certificates extends Issued {
  readonly authority: string;
}

/** An authority of this process alone. */
export interface CertificateAuthority {
  readonly pem: string;
  /** For these host names and the loopback addresses. */
  issue(names: readonly string[]): Issued;
}

interface Subject {
  readonly name: string;
  readonly keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
}

const thirtyDaysMs = 30 * 24 * 3_600_000;
const ecdsaWithSha256 = sequence(objectId('1.2.840.10045.4.3.2'));

/** Valid for thirty days; the authority's key is forgotten at once. */
export function createCertificates(): Certificates {
  const { pem: authority, issue } = createAuthority();
  return { authority, ...issue(['localhost', '*.localhost']) };
}

/** Certificates are valid for thirty days; the authority's key never leaves this process. */
export function createAuthority(): CertificateAuthority {
  const authority: Subject = { name: 'Pruefstand throw-away authority', keys: newKeys() };
  return {
    pem: certify(authority, authority, authorityExtensions(authority)),
    issue: (names) => {
      const server: Subject = { name: 'localhost', keys: newKeys() };
      return {
        certificate: certify(authority, server, serverExtensions(authority, server, names)),
        key: server.keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}

const newKeys = (): Subject['keys'] => generateKeyPairSync('ec', { namedCurve: 'P-256' });

function certify(issuer: Subject, subject: Subject, extensions: readonly Buffer[]): string {
  const begin = new Date(Date.now() - 60_000);
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(15)]);
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    nameOf(issuer),
    sequence(utcTime(begin), utcTime(new Date(begin.getTime() + thirtyDaysMs))),
    nameOf(subject),
    publicKeyOf(subject),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, issuer.keys.privateKey);
  return pem('CERTIFICATE', sequence(body, ecdsaWithSha256, bits(signature)));
}

const nameOf = ({ name }: Subject): Buffer => sequence(set(sequence(objectId('2.5.4.3'), text(name))));
const publicKeyOf = ({ keys }: Subject): Buffer => keys.publicKey.export({ type: 'spki', format: 'der' });
const keyIdOf = (subject: Subject): Buffer =>
  createHash('sha256').update(publicKeyOf(subject)).digest().subarray(0, 20);

const extension = (id: string, isCritical: boolean, value: Buffer): Buffer =>
  sequence(objectId(id), ...(isCritical ? [yes] : []), octets(value));

const basicConstraints = (value: Buffer) => extension('2.5.29.19', true, value);
const subjectKeyId = (subject: Subject) => extension('2.5.29.14', false, octets(keyIdOf(subject)));

function authorityExtensions(authority: Subject): Buffer[] {
  const signsCertificates = bits(Buffer.from([0b0000_0110]), 1);
  return [
    basicConstraints(sequence(yes, integer(Buffer.from([0])))),
    extension('2.5.29.15', true, signsCertificates),
    subjectKeyId(authority),
  ];
}

function serverExtensions(authority: Subject, server: Subject, hosts: readonly string[]): Buffer[] {
  const signsHandshakes = bits(Buffer.from([0b1000_0000]), 7);
  const serverAuthentication = sequence(objectId('1.3.6.1.5.5.7.3.1'));
  const dns = (name: string) => tagged(0x82, Buffer.from(name, 'ascii'));
  const address = (bytes: readonly number[]) => tagged(0x87, Buffer.from(bytes));
  const names = sequence(
    ...hosts.map(dns),
    address([127, 0, 0, 1]),
    address([...Array.from({ length: 15 }, () => 0), 1]),
  );
  return [
    basicConstraints(sequence()),
    extension('2.5.29.15', true, signsHandshakes),
    extension('2.5.29.37', false, serverAuthentication),
    subjectKeyId(server),
    extension('2.5.29.35', false, sequence(tagged(0x80, keyIdOf(authority)))),
    extension('2.5.29.17', false, names),
  ];
}
