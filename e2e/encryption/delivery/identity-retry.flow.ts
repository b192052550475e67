import { type CheckOutcome, inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { failingFirst } from '../../lib/fault.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { expectIdentity, hidingIdentities, hidingOwnersSignatures } from '../trust/complete-identity.ts';

const failures = 2;

const paths = { alice: '/keys/device_signing/upload', carol: '/keys/signatures/upload' } as const;

/** An identity is uploaded once in a person's life: who has bad luck then must not stay without. */
export const identityRetry: EncryptionFlow = {
  meta: {
    id: 'encryption.delivery.identity-retry',
    title: 'Scheitert das Hochladen der Identität oder der Unterschrift, wiederholt das Gerät es, bis beide da sind.',
    requirements: ['VE-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#cross-signing',
    standing: 'normative',
  },
  counterexamples: [
    { title: 'Der Server verschweigt bob jede Identität.', defect: hidingIdentities, expectFinding: 'no-identity' },
    {
      title: 'Der Server verschweigt bob die Unterschriften der Personen unter ihren Geräten.',
      defect: hidingOwnersSignatures,
      expectFinding: 'device-not-signed',
    },
  ],
  run: (context) => observe(context),
};

async function observe(context: EncryptionContext): Promise<CheckOutcome> {
  const bob = await context.device('bob');
  const owners = await Promise.all(
    Object.entries(paths).map(async ([person, path]) => {
      const fault = failingFirst(failures, path);
      fault.begin();
      return { fault, path, device: await context.device(person, { between: fault.between }) };
    }),
  );
  const idle = owners.find(({ fault }) => fault.failed() < failures);
  if (idle)
    return inconclusive(`void: Nur ${idle.fault.failed()} von ${failures} Anfragen an ${idle.path} scheiterten.`);
  const invite = owners.map(({ device }) => device.userId);
  const roomId = await bob.createEncryptedRoom({ name: `Prüfraum ${context.random.word(12)}`, invite });
  const findings = [];
  for (const { device } of owners) {
    await device.joinRoom(roomId);
    await bob.waitForMember(roomId, device.userId);
    findings.push(...(await expectIdentity(device, bob)));
  }
  return outcomeOf(findings, `Je ${failures} gestörte Anfragen; danach sind beide Identitäten vollständig.`);
}
