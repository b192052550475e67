import { expect, test } from 'vitest';
import { standingText } from './standing.ts';

test.each([
  ['normative', 'https://spec.matrix.org/v1.19/client-server-api/#qr-codes', 'verbindlich (Matrix-Spezifikation 1.19)'],
  ['normative', 'EN 301 549, 9.1.4.3', 'verbindlich'],
  ['informative', undefined, 'nur empfohlen; entscheidet nichts'],
  ['proposed', 'MSC4268', 'vorgeschlagen (MSC4268); entscheidet nichts'],
  [
    'proposed',
    'https://github.com/matrix-org/matrix-spec-proposals/pull/4048',
    'vorgeschlagen (MSC4048); entscheidet nichts',
  ],
  ['wish', 'https://spec.matrix.org/v1.19/client-server-api/#qr-codes', 'Wunsch des Betreibers'],
] as const)('%s by %s: %s', (standing, spec, text) => {
  expect(standingText({ standing, ...(spec && { spec }) })).toBe(text);
});
