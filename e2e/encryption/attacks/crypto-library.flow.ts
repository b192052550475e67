import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { type Alteration, withText } from '../../lib/alteration.ts';
import { collectClientFiles } from '../../lib/client-files.ts';
import { type CryptoModule, cryptoModulesIn, isAtLeast } from '../../lib/crypto-modules.ts';
import type { EncryptionFlow } from '../context.ts';

/** Older ones accept keys with which everybody can read along. */
const oldestVodozemac = '0.10.0';

/** The client's page also names this compiled file, and the server has it. */
const servingAlso =
  (name: string, content: string): Alteration =>
  ({ request, answer }) => {
    if (new URL(request.url).pathname.endsWith(name)) return { ...withText(answer, content), status: 200 };
    return (answer.headers['content-type'] ?? '').includes('html')
      ? withText(answer, `${answer.text()}<link rel="preload" href="${name}">`)
      : answer;
  };

/** Code that is not there cannot be attacked: libolm is given up, and its successor was mended. */
export const cryptoLibrary: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.crypto-library',
    title: `Der Web-Client enthält die Kryptobibliothek vodozemac ab ${oldestVodozemac} und nicht die aufgegebene libolm.`,
    requirements: ['VE-20'],
    needs: ['webClient'],
    timeoutMs: 120_000,
    spec: 'https://matrix.org/blog/2024/08/libolm-deprecation/',
    standing: 'wish',
    attacks: [10],
  },
  counterexamples: [
    {
      title: 'Der Web-Client liefert auch libolm aus.',
      defect: servingAlso('olm.wasm', ''),
      expectFinding: 'libolm-served',
    },
    {
      title: 'Der Web-Client liefert vodozemac in einem alten Stand aus.',
      defect: servingAlso('alt.wasm', '/registry/vodozemac-0.9.0/src/lib.rs'),
      expectFinding: 'outdated-vodozemac',
    },
  ],
  run: async ({ webClient, keep }) => {
    if (webClient === undefined) throw new RigError('defect', 'a flow needs webClient, and there is none');
    const files = await collectClientFiles(webClient);
    const modules = cryptoModulesIn(files);
    keep({
      name: 'Kryptobibliotheken des Web-Clients',
      mediaType: 'application/json',
      content: JSON.stringify({ files: files.length, modules }, null, 1),
    });
    if (modules.length === 0)
      return inconclusive(`In ${files.length} Dateien des Web-Clients war keine bekannte Kryptobibliothek zu finden.`);
    if (modules.some(({ library, version }) => library === 'vodozemac' && version === undefined))
      return inconclusive('Der Web-Client enthält vodozemac, sagt aber nicht, in welchem Stand.');
    const told = [...new Set(modules.map(({ library, version = '' }) => `${library} ${version}`.trim()))].join(', ');
    return outcomeOf(modules.flatMap(expectSound), `Gefunden in ${files.length} Dateien: ${told}.`);
  },
};

function expectSound({ library, version = '', path }: CryptoModule): readonly Finding[] {
  const expected = `vodozemac ab ${oldestVodozemac}, sonst keine Bibliothek.`;
  const where = path === '' ? 'Startseite' : path;
  if (library === 'libolm')
    return [
      {
        code: 'libolm-served',
        title: 'Der Web-Client enthält die aufgegebene Kryptobibliothek libolm.',
        expected,
        observed: 'libolm ist enthalten.',
        where,
      },
    ];
  if (isAtLeast(version, oldestVodozemac)) return [];
  return [
    {
      code: 'outdated-vodozemac',
      title: 'Der Web-Client enthält einen Stand von vodozemac mit bekannten Schwächen.',
      expected,
      observed: `vodozemac ${version} ist enthalten.`,
      where,
    },
  ];
}
