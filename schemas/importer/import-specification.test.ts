import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { importSpecification } from './import-specification.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const servers = `
openapi: 3.1.0
servers:
  - url: "{protocol}://{hostname}{basePath}"
    variables: { basePath: { default: /_matrix/client/v3 } }
`;

const nameEvent = `
type: object
title: A sentence about names.
properties: { content: { type: object, properties: { name: { type: string, description: A sentence. } } } }
`;

function importFiles(files: Readonly<Record<string, string>>): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'pruefstand-importer-'));
  folders.push(folder);
  for (const [path, text] of Object.entries({ 'event-schemas/schema/m.name.yaml': nameEvent, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const imported = importSpecification(folder, ['client-server']);
  return Object.fromEntries([...imported.files].map(([path, text]) => [path, JSON.parse(text)]));
}

function operation(id: string, schema: string): string {
  return `{ operationId: ${id}, description: A sentence., responses: { 200: { content: { application/json: { schema: ${schema} } } } } }`;
}

function importSchema(schema: string, files: Readonly<Record<string, string>> = {}): unknown {
  const api = {
    'api/client-server/x.yaml': `${servers}\npaths: { /x: { get: ${operation('getX', schema)} } }`,
    ...files,
  };
  const [facts] = importFiles(api)['client-server/x.json'] as { responses: Record<string, { content: object }> }[];
  return Object.values(facts?.responses['200']?.content ?? {})[0];
}

it('keeps facts and drops sentences, but not properties that are named like keywords', () => {
  const schema =
    '{ type: object, title: T, required: [title, b], properties: { title: { type: string, example: E } } }';
  expect(importSchema(schema)).toEqual({
    type: 'object',
    required: ['b', 'title'],
    properties: { title: { type: 'string' } },
  });
});

it('turns file references with fragments into shared definitions and keeps what stands beside them', () => {
  const files = { 'api/client-server/definitions/y.yaml': 'components: { schemas: { Z: { type: string } } }' };
  const schema = '{ $ref: "definitions/y.yaml#/components/schemas/Z", deprecated: true }';
  expect(importSchema(schema, files)).toEqual({ $ref: '#/$defs/client-server.y.Z', deprecated: true });
});

it('follows references across folders, to files with $ in their name and back to themselves', () => {
  const output = importFiles({
    'api/client-server/x.yaml': `${servers}\npaths: { /x: { get: ${operation('getX', '{ $ref: definitions/tree.yaml }')} } }`,
    'api/client-server/definitions/tree.yaml':
      'type: object\nproperties: { child: { $ref: tree.yaml }, last: { $ref: "../../../event-schemas/schema/m.x$m.y.yaml" } }',
    'event-schemas/schema/m.x$m.y.yaml': 'type: object',
  });
  expect(output['definitions/client-server.tree.json']).toEqual({
    type: 'object',
    properties: { child: { $ref: '#/$defs/client-server.tree' }, last: { $ref: '#/$defs/event.m.x$m.y' } },
  });
  expect(output['events/m.x$m.y.json']).toEqual({ type: 'object' });
  expect(output['index.json']).toEqual({
    operations: ['client-server/x.json'],
    definitions: ['definitions/client-server.tree.json', 'events/m.name.json', 'events/m.x$m.y.json'],
  });
});

it('merges operations told apart only by a blank after the path', () => {
  const output = importFiles({
    'api/client-server/a.yaml': `${servers}\npaths: { "/x ": { get: ${operation('getB', '{ type: string }')} } }`,
    'api/client-server/b.yaml': `${servers}\npaths: { /x: { get: ${operation('getA', '{ type: integer }')} } }`,
  });
  expect(output['client-server/a.json']).toBeUndefined();
  expect(output['client-server/b.json']).toMatchObject([
    {
      id: 'getA',
      alternatives: ['getB'],
      method: 'GET',
      path: '/_matrix/client/v3/x',
      responses: { '200': { content: { 'application/json': { anyOf: [{ type: 'integer' }, { type: 'string' }] } } } },
    },
  ]);
});

it('keeps version numbers as they are written and drops what is said about them', () => {
  const schema =
    '{ type: string, x-addedInMatrixVersion: "1.1", x-changedInMatrixVersion: { 1.10: A sentence., 1.2: B. } }';
  expect(importSchema(schema)).toEqual({
    type: 'string',
    'x-addedInMatrixVersion': '1.1',
    'x-changedInMatrixVersion': ['1.10', '1.2'],
  });
});

it.each([
  ['{ properties: { a: { type: string } } }', { type: 'object', properties: { a: { type: 'string' } } }],
  ['{ items: { type: string } }', { type: 'array', items: { type: 'string' } }],
  ['{ pattern: ^a }', { type: 'string', pattern: '^a' }],
  ['{ type: [string] }', { type: 'string' }],
  ['{ type: [string, "null"] }', { type: ['string', 'null'] }],
  [
    '{ type: [string, object], pattern: ^a, required: [b], deprecated: true }',
    {
      anyOf: [
        { type: 'string', pattern: '^a' },
        { type: 'object', required: ['b'] },
      ],
      deprecated: true,
    },
  ],
])('gives every schema one type: %s', (schema, expected) => {
  expect(importSchema(schema)).toEqual(expected);
});

it('makes the format of keys bind every key', () => {
  const patternProperties = '{ "^@": { type: integer, x-pattern-format: mx-user-id } }';
  expect(importSchema(`{ type: object, patternProperties: ${patternProperties} }`)).toMatchObject({
    propertyNames: { type: 'string', format: 'mx-user-id' },
  });
});

it.each([
  [
    'a format of keys beside keys of other names',
    '{ type: object, properties: {}, patternProperties: { "^@": { type: integer, x-pattern-format: mx-user-id } } }',
    'teach bind-key-format.ts this case',
  ],
  ['a keyword nobody decided about', '{ type: integer, multipleOf: 2 }', 'multipleOf: unknown keyword'],
  ['a reference to nowhere', '{ $ref: "#/components/schemas/Gone" }', 'leads nowhere'],
  ['a numeric format without a type', '{ format: int64 }', 'cannot tell integer from number'],
])('stops at %s', (_, schema, message) => {
  expect(() => importSchema(schema)).toThrow(message);
});

it('needs a token only when every alternative is one', () => {
  const path = (id: string, security: string) =>
    `/${id}: { get: { operationId: ${id}, security: ${security}, responses: {} } }`;
  const paths = [
    path('a', '[{ accessTokenBearer: [] }]'),
    path('b', '[{}, { accessTokenBearer: [] }]'),
    path('c', '[]'),
  ];
  const output = importFiles({ 'api/client-server/x.yaml': `${servers}\npaths: { ${paths.join(', ')} }` });
  expect(output['client-server/x.json']).toMatchObject([
    { id: 'a', requiresToken: true },
    { id: 'b', requiresToken: false },
    { id: 'c', requiresToken: false },
  ]);
});
