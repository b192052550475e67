import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { weakPoints } from './curve-points.ts';
import { type OfferedDevice, offerDevices, writingUnchecked } from './offered-devices.ts';
import { scriptDevice } from './scripted-device.ts';

/** A key agreement with a point of small order has a result everybody knows: no secret may be built on it. */
export const weakPointsRefused: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.weak-points',
    title: 'An ein Gerät, dessen Schlüssel ein Punkt kleiner Ordnung ist, geht kein Geheimtext.',
    requirements: ['VE-20'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://www.rfc-editor.org/rfc/rfc7748#section-6.1',
    standing: 'wish',
    attacks: [9],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice prüft die Schlüssel nicht, bevor es Geheimtext verschickt.',
      defect: { person: 'alice', skips: 'soundKeys', weakened: writingUnchecked },
      expectFinding: 'ciphertext-sent',
    },
    {
      title: 'Neben den abgewiesenen Geräten kommt auch bei dem echten nichts Lesbares mehr an.',
      defect: brokenCiphertextFor('bob'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const offer = await offerDevices(context, devicesFor);
    if (offer.kind === 'void') return inconclusive(offer.reason);
    return outcomeOf(
      [...offer.received, ...offer.reached.map(ciphertextSent)],
      `Einwandfreie Geräte bekamen Geheimtext, keines der Geräte mit einem von ${Object.keys(weakPoints).length} Punkten kleiner Ordnung.`,
    );
  },
};

const devicesFor = (userId: string): readonly OfferedDevice[] =>
  Object.entries(weakPoints).flatMap(([point, key], index) => devicesWith(userId, { point, key, index }));

interface WeakPoint {
  readonly point: string;
  readonly key: string;
  readonly index: number;
}

const devicesWith = (userId: string, { point, key, index }: WeakPoint): readonly OfferedDevice[] => [
  {
    what: `${point} als Geräteschlüssel`,
    device: scriptDevice({ userId, deviceId: `GERAET${index}`, identityKey: key }),
  },
  {
    what: `${point} als Einmalschlüssel`,
    device: scriptDevice({ userId, deviceId: `EINMAL${index}`, oneTimeKey: key }),
  },
  {
    what: `${point} als beides`,
    device: scriptDevice({ userId, deviceId: `BEIDES${index}`, identityKey: key, oneTimeKey: key }),
  },
];

const ciphertextSent = (what: string): Finding => ({
  code: 'ciphertext-sent',
  title: 'Ein Gerät verschickt Geheimtext, den jeder öffnen kann.',
  expected: 'Mit einem Schlüssel, der ein Punkt kleiner Ordnung ist, entsteht keine Sitzung.',
  observed: 'An das Gerät mit diesem Schlüssel ging Geheimtext.',
  where: what,
});
