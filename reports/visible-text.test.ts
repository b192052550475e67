import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleIn, visibleText } from './visible-text.ts';

describe('visibleText', () => {
  it.each([
    ['a terminal escape', '\u001b[31m', '⟨U+001B⟩[31m'],
    ['a terminal escape of one byte', '\u009b31m', '⟨U+009B⟩31m'],
    ['a turned reading direction', 'a\u202Eb', 'a⟨U+202E⟩b'],
    ['an invisible separator', 'a\u200Bb\uFEFF', 'a⟨U+200B⟩b⟨U+FEFF⟩'],
    ['half a character', 'a\uD800b', 'a⟨U+D800⟩b'],
    ['what XML forbids', '\u0000\uFFFE', '⟨U+0000⟩⟨U+FFFE⟩'],
    ['hidden tags', '\u{E0041}', '⟨U+E0041⟩'],
    ['a carriage return that overwrites a line', 'gut\rschlecht', 'gut⟨U+000D⟩schlecht'],
  ])('shows %s by its number', (_what, text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it.each(['Grüße, „Übergang“ – 4,5 : 1', 'a\nb\tc', '😀 👩‍💻', '日本語 עברית العربية', '<b>&"\''])(
    'leaves %j alone',
    (text) => {
      expect(visibleText(text)).toBe(text);
    },
  );

  it('leaves nothing that acts, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visibleText(text)).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u);
        expect(visibleText(visibleText(text))).toBe(visibleText(text));
      }),
    );
  });
});

describe('visibleIn', () => {
  it('reaches every text of plain data, keys too, and nothing else', () => {
    const data = { 'a\u0007': ['b\u0007', { c: 'd\u0007', e: 1, f: undefined, g: null, h: true }] };
    expect(visibleIn(data)).toEqual({
      'a⟨U+0007⟩': ['b⟨U+0007⟩', { c: 'd⟨U+0007⟩', e: 1, f: undefined, g: null, h: true }],
    });
  });
});
