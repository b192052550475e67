import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { attackedBy } from '../../lib/alteration.ts';
import type { ClientDevice } from '../../lib/client-device.ts';
import { type EncryptionFlow, needsOfClients } from '../context.ts';
import { backupNotDemanded, programWith, textsWith } from './altered-client.ts';
import { safeguardsOf } from './safeguards.ts';
import { keyStores, openKeys } from './stored-keys.ts';

/** What the browser is told to delete stays. */
const deletingNothing = `IDBFactory.prototype.deleteDatabase = function () { return this.open('nichts'); };
IDBObjectStore.prototype.clear = function () { return this.count(); };
IDBObjectStore.prototype.delete = function () { return this.count(); };`;

/** A login empties the storage, so the key is put there with every click. */
const keepingOpenKey = `addEventListener('click', () => localStorage.setItem('notiz', btoa('k'.repeat(32)).replace('=', '')), true);`;

/** Someone else may sit down at the same desk; and who signs out without a backup loses the past. */
export const signOut: EncryptionFlow = {
  meta: {
    id: 'encryption.clients.sign-out',
    title:
      'Vor dem Abmelden ohne Schlüsselsicherung warnt der Web-Client vor dem Verlust, danach liegen im Browser keine Schlüssel mehr.',
    requirements: ['VE-23'],
    needs: needsOfClients,
    timeoutMs: 360_000,
    spec: 'OWASP ASVS 5.0 V14',
    standing: 'normative',
  },
  counterexamples: [
    {
      title: 'Die Oberfläche sagt nicht, dass etwas verloren geht.',
      defect: textsWith('bob', [[/verlier(en|st)|verloren/g, 'behalten']]),
      expectFinding: 'no-warning',
    },
    {
      title: 'Der Web-Client löscht beim Abmelden nichts.',
      defect: programWith('bob', deletingNothing),
      expectFinding: 'keys-left',
    },
    {
      title: 'Der Web-Client legt einen Schlüssel lesbar im Browser ab.',
      defect: programWith('bob', keepingOpenKey),
      expectFinding: 'open-key',
    },
  ],
  run: async (context) => {
    const [alice, bob] = await Promise.all([
      context.device('alice'),
      context.client('bob', { withoutBackup: true, between: attackedBy(backupNotDemanded) }),
    ]);
    const name = `Prüfraum ${context.random.word(12)}`;
    const text = `Prüfnachricht ${context.random.word(12)}`;
    const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
    await bob.acceptInvitation(name);
    await alice.waitForMember(roomId, bob.userId);
    await alice.sendText(roomId, text);
    if (!(await bob.waitForText(text))) return inconclusive('void: Schon vor dem Abmelden war nichts zu lesen.');
    return leave(bob);
  },
};

async function leave(bob: ClientDevice) {
  const safeguards = safeguardsOf(bob);
  const before = await safeguards.readStorage();
  if (keyStores(before).length === 0)
    return inconclusive('void: Im Browser waren schon vorher keine Schlüssel zu finden.');
  const told = await safeguards.askToSignOut();
  await bob.keepPicture('Vor dem Abmelden');
  const warned = /verlieren|verlierst|verloren|nicht mehr lesen/i.test(told);
  await safeguards.confirmSignOut();
  const after = await safeguards.readStorage();
  await bob.keepPicture('Nach dem Abmelden');
  return outcomeOf(
    [
      ...(warned ? [] : [noWarning(bob)]),
      ...keyStores(after).map((store) => finding(bob, 'keys-left', `Nach dem Abmelden besteht noch: ${store}.`)),
      ...openKeys(before).map((entry) =>
        finding(bob, 'open-key', `Lesbar abgelegt ist ein Schlüssel unter: ${entry}.`),
      ),
    ],
    `Der Web-Client warnt vor dem Verlust; danach sind ${keyStores(before).length} Schlüsselspeicher gelöscht.`,
  );
}

const noWarning = ({ client }: ClientDevice): Finding => ({
  code: 'no-warning',
  title: 'Wer sich ohne Schlüsselsicherung abmeldet, wird nicht vor dem Verlust des Verlaufs gewarnt.',
  expected: 'Vor dem Abmelden steht, dass die verschlüsselten Nachrichten verloren gehen.',
  observed: 'Davon steht nichts im Dialog, oder es gibt keinen.',
  where: client,
});

const finding = ({ client }: ClientDevice, code: string, observed: string): Finding => ({
  code,
  title: 'Der Browser bewahrt Schlüssel so auf, dass andere an sie kommen.',
  expected: 'Kein Schlüssel liegt lesbar im Textspeicher, und nach dem Abmelden ist keiner mehr da.',
  observed,
  where: client,
});
