import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** PEM texts. The certificate vouches for itself: whoever is told about it trusts it, nobody else. */
export interface SelfSigned {
  readonly certificate: string;
  readonly key: string;
}

export interface SelfSignedOptions {
  readonly names: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A certificate for servers of ours on this machine (X.509 version 3, ECDSA with P-256). */
export function createSelfSigned({ names, notBefore, notAfter }: SelfSignedOptions): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(der(0x31, sequence(oid.commonName, der(0x0c, Buffer.from('Pruefstand Gegenprobe')))));
  const alternatives = sequence(...names.map((value) => der(0x82, Buffer.from(value, 'ascii'))));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    sequence(oid.ecdsaWithSha256),
    name,
    sequence(time(notBefore), time(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid.subjectAlternativeName, der(0x04, alternatives)))),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
  const certificate = sequence(body, sequence(oid.ecdsaWithSha256), der(0x03, signature)).toString('base64');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const oid = {
  commonName: Buffer.from('0603550403', 'hex'),
  subjectAlternativeName: Buffer.from('0603551d11', 'hex'),
  ecdsaWithSha256: Buffer.from('06082a8648ce3d040302', 'hex'),
};

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);

/** UTCTime: years before 2050, to the second. */
const time = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().replaceAll(/\D/g, '').slice(2, 14)}Z`, 'ascii'));

/** One value of ASN.1 in its distinguished encoding. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
