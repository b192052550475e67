import { defineConcernProbe } from '../concern-probe.ts';
import { pageWithElement } from '../defects.ts';

/** What is not text has a text in its place (EN 301 549, 9.1.1.1 and 9.1.2.2). */
export const textAlternatives = defineConcernProbe({
  concern: 'text-alternatives',
  title: 'axe findet kein Bild, Symbol oder Video ohne Textalternative.',
  requirements: ['BF-01'],
  counterexamples: [
    {
      title: 'Der Server liefert eine Anmeldeseite mit einem Bild ohne Alternativtext.',
      defect: pageWithElement('<img src="logo.svg" width="40" height="40">'),
      expectFinding: 'image-alt-login',
    },
  ],
});
