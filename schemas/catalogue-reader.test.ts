import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../core/model/usage-error.ts';
import { catalogueFromAreas } from '../requirements/catalogue.ts';
import { readCatalogue } from './catalogue-reader.ts';

const catalogue = await readCatalogue();

describe('the acceptance catalogue', () => {
  it('holds 120 requirements in eight areas', () => {
    const counts = catalogue.areas.map(({ area, requirements }) => [area.key, requirements.length]);
    expect(counts).toEqual([
      ['DS', 23],
      ['SI', 24],
      ['VE', 23],
      ['BF', 18],
      ['MB', 9],
      ['KO', 7],
      ['LE', 9],
      ['BE', 7],
    ]);
    expect(catalogue.requirements).toHaveLength(120);
  });

  it('leaves 83 to the machine, 25 to machine and people, 12 to people', () => {
    const counts = Object.groupBy(catalogue.requirements, ({ verification }) => verification);
    expect(counts.automatic).toHaveLength(83);
    expect(counts.partly).toHaveLength(25);
    expect(counts.manual).toHaveLength(12);
  });

  it('numbers each area from 01 without a gap', () => {
    for (const { area, requirements } of catalogue.areas) {
      const expected = requirements.map((_, index) => `${area.key}-${String(index + 1).padStart(2, '0')}`);
      expect(requirements.map(({ id }) => id)).toEqual(expected);
    }
  });

  it('says how a machine verifies and what a person supplies, each exactly where it applies', () => {
    for (const { id, verification, method, humanEvidence } of catalogue.requirements) {
      const given = [method !== undefined, humanEvidence !== undefined];
      expect([id, ...given]).toEqual([id, verification !== 'manual', verification !== 'automatic']);
    }
  });

  it('leaves nothing open only where the existing checks answer the whole requirement', () => {
    const answered = catalogue.requirements.filter(({ open, verification }) => {
      return open.length === 0 && verification !== 'manual';
    });
    expect(answered.map(({ id }) => id)).toEqual(['DS-11', 'SI-01', 'SI-08', 'KO-05']);
  });

  it('never calls a Grundschutz requirement number confirmed, because none was seen in the Kompendium', () => {
    const numbered = catalogue.requirements
      .flatMap(({ sources }) => sources)
      .filter(({ document, clause }) => document.includes('Kompendium') && /\.A\d/.test(clause ?? ''));
    expect(numbered.length).toBeGreaterThan(5);
    expect(new Set(numbered.map(({ confidence }) => confidence))).toEqual(new Set(['unconfirmed']));
  });

  it('cites no source twice for one requirement', () => {
    for (const { id, sources } of catalogue.requirements) {
      const cited = sources.map((source) => JSON.stringify(source));
      expect([id, new Set(cited).size]).toEqual([id, cited.length]);
    }
  });

  it('uses no title twice', () => {
    const titles = catalogue.requirements.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('a broken copy of the catalogue', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pruefstand-catalogue-'));
    await cp(new URL('../requirements/', import.meta.url), folder, { recursive: true });
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function messageAfter(file: string, before: string, after: string): Promise<string> {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    const broken = text.replace(before, after);
    expect(broken).not.toBe(text);
    await writeFile(path, broken);
    return messageOfReading();
  }

  async function messageOfReading(): Promise<string> {
    const thrown: unknown = await readCatalogue(folder).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(thrown instanceof UsageError)) throw new Error('the broken copy was accepted', { cause: thrown });
    return thrown.message;
  }

  it('is accepted as long as nothing is changed', async () => {
    expect(await readCatalogue(folder)).toEqual(catalogue);
  });

  it.each([
    [
      'an unknown verification',
      'verification: partly',
      'verification: maybe',
      'datenschutz.yaml: DS-01/verification: ',
    ],
    [
      'an unknown key',
      '    open:',
      '    status: fertig\n    open:',
      'datenschutz.yaml: DS-01/status: expected no such key',
    ],
    ['a missing key', / {4}explanation:[\s\S]*? {4}sources:/, '    sources:', 'DS-01/explanation: expected a value'],
    [
      'a partly requirement without evidence',
      / {4}humanEvidence:[\s\S]*? {4}open:/,
      '    open:',
      'DS-01/humanEvidence: ',
    ],
    ['a clause that is no text', 'clause: Art. 12, 13', 'clause: 12', 'DS-01/sources/0/clause: expected string'],
    ['a malformed id', 'id: DS-01', 'id: DS-1', 'DS-1/id: expected pattern'],
  ])('is refused with %s, naming file, requirement and key', async (_, before, after, expected) => {
    const text = await readFile(join(folder, 'datenschutz.yaml'), 'utf8');
    const message = await messageAfter('datenschutz.yaml', text, text.replace(before, after));
    expect(message.split('\n', 1)[0]).toContain(expected);
    expect(message.startsWith(folder)).toBe(true);
  });

  it('is refused with an id used twice', async () => {
    const message = await messageAfter('betrieb.yaml', 'id: BE-02', 'id: BE-01');
    expect(message).toContain('Requirement id BE-01 is used twice');
  });

  it('is refused with a requirement in a foreign area', async () => {
    const message = await messageAfter('betrieb.yaml', 'id: BE-07', 'id: DS-99');
    expect(message).toContain('Requirement DS-99 stands in area BE (Betrieb)');
  });

  it('is refused with text that is not YAML, naming the line', async () => {
    const message = await messageAfter('leistung.yaml', 'title: Leistung', 'title: Leistung: schnell');
    expect(message).toMatch(/leistung\.yaml: not readable as YAML: .* at line \d+/);
  });

  it('is refused when the file of an area is gone', async () => {
    await rm(join(folder, 'betrieb.yaml'));
    expect(await messageOfReading()).toContain('no file holds area BE');
  });
});

describe('catalogueFromAreas', () => {
  it('orders the areas whatever order they come in', () => {
    expect(catalogueFromAreas(catalogue.areas.toReversed())).toEqual(catalogue);
  });
});
