import { expect, test } from 'vitest';
import { type SchemaSource, schemaFactsAt } from './schema-facts.ts';

const definitions: Readonly<Record<string, unknown>> = {
  device: { type: 'object', required: ['device_id'], properties: { device_id: { type: 'string' }, any: {} } },
};

const source: SchemaSource = {
  roots: [
    {
      type: 'object',
      allOf: [{ required: ['devices'] }],
      anyOf: [{ required: ['flows', 'both'] }, { required: ['errcode', 'both'] }],
      properties: {
        devices: { type: 'array', items: { $ref: 'device' } },
        flows: {},
        both: {},
        users: { patternProperties: { '^@': { type: 'integer' } } },
      },
    },
  ],
  definition: (reference) => definitions[reference],
  forValue: (value) => (value === 'event' ? [{}] : []),
};

const answer = { devices: [{ device_id: 'A', any: 1, other: 2 }], flows: [], both: 1, users: { '@a:b': 1, c: 2 } };

test.each([
  [['devices'], { isKnown: true, isRequired: true, isBound: true }],
  [['devices', 0, 'device_id'], { isKnown: true, isRequired: true, isBound: true }],
  [['devices', 0, 'any'], { isKnown: true, isRequired: false, isBound: false }],
  [['devices', 0, 'other'], { isKnown: false, isRequired: false, isBound: false }],
  [['flows'], { isKnown: true, isRequired: false, isBound: false }],
  [['both'], { isKnown: true, isRequired: true, isBound: false }],
  [['users', '@a:b'], { isKnown: true, isRequired: false, isBound: true }],
  [['users', 'c'], { isKnown: false, isRequired: false, isBound: false }],
])('%j', (path, expected) => {
  expect(schemaFactsAt(source, answer, path)).toEqual(expected);
});
