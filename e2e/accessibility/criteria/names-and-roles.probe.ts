import { defineConcernProbe } from '../concern-probe.ts';
import { pageWithElement } from '../defects.ts';

/** What a screen reader says of a control is what the control is (EN 301 549, 9.4.1.2). */
export const namesAndRoles = defineConcernProbe({
  concern: 'names-and-roles',
  title: 'axe findet bei Namen, Rollen und Werten der Bedienelemente keinen Verstoß.',
  requirements: ['BF-09', 'BF-01'],
  counterexamples: [
    {
      title: 'Der Server liefert eine Anmeldeseite mit einem Knopf ohne Namen.',
      defect: pageWithElement('<button type="button"></button>'),
      expectFinding: 'button-name-login',
    },
    {
      title: 'Der Server liefert angemeldeten Personen eine Seite mit einer Rolle, die es nicht gibt.',
      defect: pageWithElement('<div role="schaltflaeche" tabindex="0">Senden</div>', 'member'),
      expectFinding: 'aria-roles-room',
    },
  ],
});
