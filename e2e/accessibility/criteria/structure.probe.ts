import { defineConcernProbe } from '../concern-probe.ts';
import { pageWithElement } from '../defects.ts';

/** Lists, tables and areas are what they look like, and there is a way past what repeats (EN 301 549, 9.1.3.1 and 9.2.4.1). */
export const structure = defineConcernProbe({
  concern: 'structure',
  title: 'axe findet bei Listen, Tabellen und Bereichen keinen Verstoß.',
  requirements: ['BF-01'],
  counterexamples: [
    {
      title: 'Der Server liefert eine Anmeldeseite mit einer Liste, die keine Listenpunkte enthält.',
      defect: pageWithElement('<ul><div>Erstens</div><div>Zweitens</div></ul>'),
      expectFinding: 'list-login',
    },
  ],
});
