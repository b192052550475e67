import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice, StoredEntry } from '../../lib/crypto-device.ts';
import { secretsIn } from '../../lib/stored-secrets.ts';
import type { EncryptionFlow } from '../context.ts';
import { browserSideOf, meetWithBrowser } from './browser-meeting.ts';

const rememberingKey = (device: CryptoDevice): Partial<CryptoDevice> => ({
  setUpBackup: async () => {
    const key = await device.setUpBackup();
    await device.browser?.keepOpenly('recovery_key', key);
    return key;
  },
});

const talkative = (device: CryptoDevice): Partial<CryptoDevice> => ({
  setUpBackup: async () => {
    for (const { value } of (await device.browser?.secrets()) ?? []) await device.browser?.say(`session ${value}`);
    return device.setUpBackup();
  },
});

/** What every script of the page reads and what people copy into a fault report holds nothing that opens messages. */
export const openSecrets: EncryptionFlow = {
  meta: {
    id: 'encryption.browser.open-secrets',
    title: 'Im Browser steht kein Schlüssel und kein Nachrichtentext offen in localStorage oder in der Konsole.',
    requirements: ['VE-23', 'VE-03'],
    needs: ['accounts', 'mayMutate', 'chromium'],
    timeoutMs: 120_000,
    standing: 'wish',
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice merkt sich den Wiederherstellungsschlüssel in localStorage.',
      defect: { person: 'alice', skips: 'closedSecrets', weakened: rememberingKey },
      expectFinding: 'secret-in-web-storage',
    },
    {
      title: 'Das Gerät von alice schreibt Schlüssel in die Konsole.',
      defect: { person: 'alice', skips: 'closedSecrets', weakened: talkative },
      expectFinding: 'secret-in-console',
    },
  ],
  run: async (context) => {
    const { alice, bob, roomId } = await meetWithBrowser(context);
    const [text, control] = [`vertraulich${context.random.word(16)}`, `kontrollwort${context.random.word(16)}`];
    const browser = browserSideOf(alice);
    await browser.keepOpenly('control', control);
    await browser.say(control);
    await alice.waitForMessage(roomId, await bob.sendText(roomId, text));
    const recoveryKey = await alice.setUpBackup();
    const secrets = [
      ...(await browserSideOf(alice).secrets()),
      { what: 'Wiederherstellungsschlüssel', value: recoveryKey },
      { what: 'Nachrichtentext', value: text },
    ];
    const stored = (await browser.storage()).filter(({ place }) => !place.startsWith('IndexedDB '));
    const said = browser.console.map((line) => ({ place: 'Konsole', text: line }));
    const controls = [stored, said].map((all) => secretsIn(all, [{ what: 'Kontrollwort', value: control }]).length);
    if (controls.includes(0)) return inconclusive('void: Die Suche fand das offen abgelegte Kontrollwort nicht.');
    return outcomeOf(
      [...openIn('secret-in-web-storage', stored, secrets), ...openIn('secret-in-console', said, secrets)],
      `${secrets.length} Geheimnisse in ${stored.length} offenen Einträgen und ${said.length} Zeilen der Konsole gesucht; das Kontrollwort stand in beiden, sonst nichts.`,
    );
  },
};

const openIn = (
  code: string,
  entries: readonly StoredEntry[],
  secrets: Parameters<typeof secretsIn>[1],
): readonly Finding[] =>
  secretsIn(entries, secrets).map(({ what, place }) => ({
    code,
    title: 'Ein Geheimnis liegt im Browser offen.',
    expected: 'Weder Schlüssel noch Nachrichtentext stehen in localStorage, sessionStorage, Cookies oder der Konsole.',
    observed: `${what} offen lesbar.`,
    where: place,
  }));
