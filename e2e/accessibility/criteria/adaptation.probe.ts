import { defineConcernProbe } from '../concern-probe.ts';
import { pageWith } from '../defects.ts';

/** People may turn, enlarge, respace and recolour what they see (EN 301 549, 9.1.3.4, 9.1.3.5, 9.1.4.1 to 9.1.4.4, 9.1.4.12). */
export const adaptation = defineConcernProbe({
  concern: 'adaptation',
  title: 'axe findet nichts, was Vergrößern, Drehen, Abstände, Farbanpassung oder Ausfüllhilfen verhindert.',
  requirements: ['BF-01'],
  counterexamples: [
    {
      title: 'Der Server liefert eine Anmeldeseite, die das Vergrößern verbietet.',
      defect: pageWith((html) => html.replace('initial-scale=1', 'initial-scale=1, maximum-scale=1, user-scalable=no')),
      expectFinding: 'meta-viewport-login',
    },
  ],
});
