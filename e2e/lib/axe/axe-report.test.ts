import { expect, test } from 'vitest';
import { germanNumbers } from './axe-report.ts';

test('numbers of axe are written as in German, sentences stay', () => {
  expect(germanNumbers('Kontrast von 3.39 (Schriftgröße: 9.0pt). Erwartet: 4.5:1')).toBe(
    'Kontrast von 3,39 (Schriftgröße: 9,0pt). Erwartet: 4,5:1',
  );
});
