import type { Finding } from '../../../core/model/finding.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { Death } from '../../lib/death.ts';
import type { EncryptionContext } from '../context.ts';

/** The person's device, which ends in the middle of its start and is started again; a finding when it does not come back. */
export async function reviving(
  context: EncryptionContext,
  person: string,
  death: Death,
): Promise<CryptoDevice | Finding> {
  try {
    return await context.device(person, { stored: true, dies: death });
  } catch (thrown) {
    if (!(thrown instanceof RigError) || !death.isDead() || thrown.code === 'interrupted') throw thrown;
    return notBack(person);
  }
}

const notBack = (person: string): Finding => ({
  code: 'not-back',
  title: 'Ein Gerät, das mitten im Start endete, kommt nicht mehr in Gang.',
  expected: 'Nach dem erneuten Start liegen seine Schlüssel beim Server.',
  observed: 'Innerhalb der Frist hat der Server sie nicht angenommen.',
  where: person,
});

/** No later life of the program may be refused what an earlier one had begun. */
export const expectAccepted = ({ said }: Death, where: string): readonly Finding[] => {
  const refused = said.filter(({ life, status = 200 }) => life > 1 && status >= 400 && status < 500);
  const [first] = refused;
  return first === undefined
    ? []
    : [
        {
          code: 'upload-refused',
          title: 'Was ein Gerät nach einem Abbruch erneut hochlädt, wird abgewiesen.',
          expected: 'Der Server nimmt die Wiederholung an.',
          observed: `${refused.length} Anfragen abgewiesen, die erste mit ${first.status}.`,
          where,
        },
      ];
};
