import { expect, test } from 'vitest';
import { actionFigureLabel } from './action-figures.ts';

test.each([
  ['scrollBackP95Ms', 'Seite des Verlaufs, 95 von 100 schneller als'],
  ['restoreKeysSamples', 'Schlüssel wiederherstellen, Messwerte'],
  ['typeActualP95Ms', 'Schreibanzeige ab tatsächlichem Beginn, 95 von 100 schneller als'],
  ['keysShared', 'Verteilte Raumschlüssel'],
  ['deliveryUpTo15P50Ms', 'Zustellzeit in Räumen bis 15 Mitglieder, Median'],
  ['revocationMs', undefined],
])('%s has a name', (key, label) => {
  expect(actionFigureLabel(key)).toBe(label);
});
