import { defineConcernProbe } from '../concern-probe.ts';
import { pageWithElement } from '../defects.ts';

/** Whoever speaks commands says what is written on a control; its name has to contain that (EN 301 549, 9.2.5.3). */
export const labelInName = defineConcernProbe({
  concern: 'label-in-name',
  title: 'axe findet kein Bedienelement, dessen sichtbare Beschriftung in seinem Namen fehlt.',
  requirements: ['BF-01'],
  counterexamples: [
    {
      title: 'Der Server liefert eine Anmeldeseite mit einem Knopf, der anders heißt, als er beschriftet ist.',
      defect: pageWithElement('<button type="button" aria-label="Weiter">Nachricht senden</button>'),
      expectFinding: 'label-content-name-mismatch-login',
    },
  ],
});
