import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { brokenCiphertextFor } from '../defects.ts';
import { type OfferedDevice, offerDevices, writingUnchecked } from './offered-devices.ts';
import { scriptDevice } from './scripted-device.ts';
import { freshAgreementKey } from './signing.ts';

const devicesFor = (userId: string): readonly OfferedDevice[] => {
  const changed = scriptDevice({ userId, deviceId: 'VERAENDERT' });
  const other = scriptDevice({ userId, deviceId: 'ANDERES' });
  const stranger = scriptDevice({ userId: '@fremd:pruefstand.example', deviceId: 'FREMD' });
  const claimed = scriptDevice({ userId, deviceId: 'EINMALVERAENDERT' });
  const keys = { ...(changed.deviceKeys['keys'] as object), 'curve25519:VERAENDERT': freshAgreementKey() };
  return [
    {
      what: 'Geräteschlüssel, der nach der Unterschrift vertauscht wurde',
      device: { ...changed, deviceKeys: { ...changed.deviceKeys, keys } },
    },
    { what: 'Schlüssel eines Geräts unter der Kennung eines anderen', device: { ...other, deviceId: 'VERTAUSCHT' } },
    { what: 'Schlüssel einer anderen Person', device: { ...stranger, userId } },
    {
      what: 'Einmalschlüssel, der nach der Unterschrift vertauscht wurde',
      device: { ...claimed, oneTimeKey: { ...claimed.oneTimeKey, key: freshAgreementKey() } },
    },
  ];
};

/** Whose key it is, is told by its signature, and not by the place where the homeserver puts it. */
export const unsoundDevices: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.unsound-devices',
    title: 'Vertauscht der Server Schlüssel oder Kennungen von Geräten, geht an diese Geräte kein Geheimtext.',
    requirements: ['VE-09', 'VE-06'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysquery',
    standing: 'normative',
    attacks: [3],
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
      'Einwandfreie Geräte bekamen Geheimtext, keines der Geräte mit vertauschten Schlüsseln oder Kennungen.',
    );
  },
};

const ciphertextSent = (what: string): Finding => ({
  code: 'ciphertext-sent',
  title: 'Ein Gerät verschickt Geheimtext an ein Gerät, dessen Schlüssel vertauscht sind.',
  expected: 'Schlüssel, zu denen Unterschrift und Kennung nicht passen, werden nicht benutzt.',
  observed: 'An das Gerät ging Geheimtext.',
  where: what,
});
