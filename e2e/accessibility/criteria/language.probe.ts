import { defineConcernProbe } from '../concern-probe.ts';
import type { ClientState } from '../context.ts';
import { programThatSetsLanguage } from '../defects.ts';

/** A screen reader learns that it reads German, and each view has a title (EN 301 549, 9.3.1.1, 9.3.1.2 and 9.2.4.2). */
export const language = defineConcernProbe({
  concern: 'language',
  title: 'Jede Ansicht ist als deutsch ausgezeichnet und hat einen Titel.',
  requirements: ['BF-09', 'BF-01'],
  counterexamples: [
    {
      title: 'Der Server liefert für die Anmeldung ein Programm, das die Sprachauszeichnung entfernt.',
      defect: programThatSetsLanguage(''),
      expectFinding: 'html-has-lang-login',
    },
    {
      title: 'Der Server liefert für die Anmeldung ein Programm, das die deutsche Oberfläche als englisch auszeichnet.',
      defect: programThatSetsLanguage('en'),
      expectFinding: 'other-language-login',
    },
  ],
  alsoFind: otherLanguage,
});

async function otherLanguage(state: ClientState) {
  const marked = await state.language();
  // That none is marked is told by axe's own rule.
  if (marked === '' || /^de(-|$)/.test(marked)) return [];
  return [
    {
      code: `other-language-${state.name}`,
      title: `${state.title}: Die Seite ist nicht als deutsch ausgezeichnet.`,
      expected:
        'EN 301 549 Abschnitt 9.3.1.1 (WCAG 3.1.1): Das Attribut lang der Seite nennt die Sprache der Oberfläche, de.',
      observed: `Das Attribut lang ist „${marked}“.`,
      where: `${state.title}: html`,
    },
  ];
}
