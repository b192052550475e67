import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createValidator } from '../validator.ts';
import { readOperationFacts, withDefinitions } from './bundle.ts';
import { readOverlays } from './overlay-reader.ts';
import { overlayNameOf } from './overlays.ts';

const { operations, events, definitions } = readOverlays();
const facts = (['client-server', 'server-server'] as const).flatMap((api) =>
  readOperationFacts(api).map((one) => ({ ...one, nameOf: (id: string) => overlayNameOf({ api, id }) })),
);
const idsByAnchor = Map.groupBy(
  facts.flatMap(({ id, alternatives = [], method, path, nameOf }) =>
    [id, ...alternatives].map((name) => ({ name: nameOf(name), anchor: anchorOf(method, path) })),
  ),
  ({ anchor }) => anchor,
);
const known = new Set(facts.map(({ id, nameOf }) => nameOf(id)));

/** As the published specification names the section of an operation. */
function anchorOf(method: string, path: string): string {
  return `${method}${path}`.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '');
}

describe('the overlays', () => {
  it('name operations of the specification, merged ones by the name of the pair', () => {
    const named = operations.flatMap((entry) => entry.operations).filter((name) => name !== '*');
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('stand on the section of their operation, or on a section of the text', () => {
    const foreign = operations.filter(({ clause, operations: names }) => {
      const ids = idsByAnchor.get(clause.split('#')[1] ?? '')?.map(({ name }) => name);
      return ids === undefined
        ? /#(get|put|post|delete)_?matrix/.test(clause)
        : !names.every((name) => ids.includes(name));
    });
    expect(foreign.map(({ clause }) => clause)).toEqual([]);
  });

  it.each([...operations, ...events].map(({ clause, schema }, index) => ({ clause, schema, index })))(
    'entry $index on $clause compiles strictly',
    ({ schema }) => {
      if (schema !== undefined) expect(createValidator(withDefinitions(schema, definitions))).toBeTypeOf('function');
    },
  );

  it('use every shared definition', () => {
    const text = JSON.stringify([operations, events, [...definitions.values()]]);
    expect([...definitions.keys()].filter((name) => !text.includes(`#/$defs/${name}"`))).toEqual([]);
  });
});

describe('a wrong overlay is refused', () => {
  const entry = 'operation: sync\n  status: 200\n  clause: https://spec.matrix.org/v1.19/client-server-api/#syncing';

  it.each([
    ['a clause without an address', '- operation: sync\n  status: 200\n  clause: syncing\n  schema: {}\n', '/0/clause'],
    ['nothing to say', `- ${entry}\n`, 'expected one of'],
    ['an unknown relation', `- ${entry}\n  rules: [{ at: /answer/a, like: /request/a }]\n`, '/0/rules/0'],
    ['two relations', `- ${entry}\n  rules: [{ at: /answer/a, equals: /request/a, among: /at/b }]\n`, '/0/rules/0'],
    ['a rule without relation', `- ${entry}\n  rules: [{ at: /answer/a }]\n`, '/0/rules/0'],
    ['a pointer to nowhere', `- ${entry}\n  rules: [{ unique: /body/a }]\n`, '/0/rules/0'],
    ['an unknown key', `- ${entry}\n  schemas: {}\n`, '/0/schemas'],
    [
      'neither operation nor event',
      `- clause: https://spec.matrix.org/v1.19/client-server-api/#x\n  schema: {}\n`,
      '/0',
    ],
  ])('%s', async (_, text, problem) => {
    const folder = await mkdtemp(join(tmpdir(), 'overlays-'));
    mkdirSync(join(folder, 'events'));
    writeFileSync(join(folder, 'events/wrong.yaml'), text);
    expect(() => readOverlays(folder)).toThrow(problem);
  });
});
