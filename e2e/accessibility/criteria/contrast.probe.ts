import { defineConcernProbe } from '../concern-probe.ts';
import { pageWith } from '../defects.ts';

/** Text stands out from its background at 4.5:1, large text at 3:1 (EN 301 549, 9.1.4.3). */
export const contrast = defineConcernProbe({
  concern: 'contrast',
  title: 'axe findet keinen Text mit zu schwachem Kontrast.',
  requirements: ['BF-07', 'BF-01'],
  counterexamples: [
    {
      title: 'Der Server liefert für die Anmeldung ein Stylesheet mit hellgrauen Überschriften auf Weiß.',
      defect: pageWith((html) => html.replace('</head>', '<style>h1 { color: #bbb !important }</style></head>')),
      expectFinding: 'color-contrast-login',
    },
  ],
});
