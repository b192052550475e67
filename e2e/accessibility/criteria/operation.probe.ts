import { defineConcernProbe } from '../concern-probe.ts';
import { pageWithElement } from '../defects.ts';

/** Everything works by keyboard and without haste (EN 301 549, 9.2.1.1, 9.2.1.3, 9.2.2.1, 9.2.2.2 and 9.3.3.2). */
export const operation = defineConcernProbe({
  concern: 'operation',
  title: 'axe findet nichts, was Tastaturbedienung, Zeit oder Eingabe behindert.',
  requirements: ['BF-01'],
  counterexamples: [
    {
      title: 'Der Server liefert eine Anmeldeseite mit Laufschrift, die niemand anhalten kann.',
      defect: pageWithElement('<marquee>Wartungsarbeiten am Wochenende</marquee>'),
      expectFinding: 'marquee-login',
    },
  ],
});
