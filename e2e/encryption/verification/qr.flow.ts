import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, alterJson, isJsonObject, type JsonObject } from '../../lib/alteration.ts';
import type { EncryptionFlow } from '../context.ts';
import { expectBothDone, expectTrust } from './comparison.ts';
import { foreignPair, mutualTrust, mutualTrustAfter } from './pairs.ts';

/** The homeserver changes what the scanning device proves to have read. */
const otherSecretFor =
  (person: string): Alteration =>
  ({ device, answer }) =>
    device === person ? alterJson(answer, withOtherSecret) : answer;

function withOtherSecret(object: JsonObject): JsonObject {
  const { type, content } = object;
  if (type !== 'm.key.verification.start' || !isJsonObject(content)) return object;
  return { ...object, content: { ...content, secret: 'AAAAAAAAAAAAAAAAAAAAAA' } };
}

const noCode: Finding = {
  code: 'no-code',
  title: 'Das Gerät zeigt keinen QR-Code.',
  expected: 'Wer eine Prüfung beginnt, kann dem Gegenüber einen QR-Code zeigen.',
  observed: 'Es gibt keinen Code.',
  where: 'alice',
};

/** One shows a code, the other scans it; each must end up sure of the other. */
export const qr: EncryptionFlow = {
  meta: {
    id: 'encryption.verification.qr',
    title: 'Zwei Personen bestätigen einander durch einen QR-Code, den die eine zeigt und die andere scannt.',
    requirements: ['VE-08'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#qr-codes',
    standing: 'normative',
    rows: ['e2e-qr'],
  },
  counterexamples: [
    {
      title: 'Der Server verändert das Geheimnis aus dem Code, das alice erreicht.',
      defect: otherSecretFor('alice'),
      expectFinding: 'not-done',
    },
    {
      title: 'Das Gerät von bob vergisst, dass alice bestätigt wurde.',
      defect: { person: 'bob', weakened: () => ({ waitForTrust: async () => false }) },
      expectFinding: 'not-trusted',
    },
  ],
  run: async (context) => {
    const pair = await foreignPair(context);
    const before = await mutualTrust(pair);
    if (Object.values(before).some(Boolean)) return inconclusive('void: Die beiden galten schon als bestätigt.');
    const code = await pair.asker.showCode();
    if (code === undefined) return outcomeOf([noCode], '');
    await pair.answerer.scanCode(code);
    if (await pair.asker.waitUntilScanned()) await pair.asker.confirmScan();
    const broken = await expectBothDone(pair);
    return outcomeOf(
      broken.length > 0 ? broken : expectTrust(await mutualTrustAfter(pair)),
      'Alice zeigte den Code, bob scannte ihn; danach gilt jede Seite der anderen als bestätigt.',
    );
  },
};
