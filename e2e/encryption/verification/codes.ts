import type { Finding } from '../../../core/model/finding.ts';
import { type Alteration, alterJson, isJsonObject, type JsonObject } from '../../lib/alteration.ts';
import type { Verification } from '../../lib/crypto-device.ts';
import { expectBothDone } from './comparison.ts';

/** The homeserver changes what the scanning device proves to have read. */
export const otherSecretFor =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person ? alterJson(answer, withOtherSecret) : answer;

function withOtherSecret(object: JsonObject): JsonObject {
  const { type, content } = object;
  if (type !== 'm.key.verification.start' || !isJsonObject(content)) return object;
  return { ...object, content: { ...content, secret: 'AAAAAAAAAAAAAAAAAAAAAA' } };
}

/** The homeserver keeps from a device that the other side has a camera. */
export const blindOtherSideFor =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person ? alterJson(answer, withoutScanning) : answer;

function withoutScanning(object: JsonObject): JsonObject {
  const { type, content } = object;
  if (type !== 'm.key.verification.ready' || !isJsonObject(content) || !Array.isArray(content['methods']))
    return object;
  return {
    ...object,
    content: { ...content, methods: content['methods'].filter((one) => one !== 'm.qr_code.scan.v1') },
  };
}

/** One shows a code, the other scans it, and the first says that it worked; how it ended, or a finding. */
export async function compareByCode(shows: Verification, scans: Verification): Promise<readonly Finding[]> {
  const code = await shows.showCode();
  if (code === undefined) return [noCode];
  await scans.scanCode(code);
  if (await shows.waitUntilScanned()) await shows.confirmScan();
  return expectBothDone({ asker: shows, answerer: scans });
}

const noCode: Finding = {
  code: 'no-code',
  title: 'Das Gerät zeigt keinen QR-Code.',
  expected: 'Wer einer Prüfung zugestimmt hat, kann dem Gegenüber einen QR-Code zeigen.',
  observed: 'Es gibt keinen Code.',
  where: 'Die Seite, die den Code zeigt',
};
