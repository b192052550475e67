import { describe, expect, it } from 'vitest';
import { isJsonObject } from '../json.ts';
import { apis } from './api.ts';
import { readDefinitions, readOperationFacts, referenceTo } from './bundle.ts';
import { loadOperations } from './operations.ts';
import { responseSchema } from './response-schema.ts';
import { validatorOf } from './validate.ts';

const definitions = readDefinitions();
const operations = apis.flatMap(readOperationFacts);
const sentenceKeys = new Set(['description', 'title', 'summary', 'example', 'examples', '$comment', 'comment']);
const maxLabelLength = 80;

describe('imported facts', () => {
  it('has 233 operations and 79 events', () => {
    expect(operations).toHaveLength(233);
    expect([...definitions.keys()].filter((name) => name.startsWith('event.m.'))).toHaveLength(79);
  });

  it.each([...definitions.keys()])('definition %s compiles strictly', (name) => {
    expect(validatorOf(referenceTo(name))).toBeTypeOf('function');
  });

  it.each(apis.flatMap((api) => loadOperations(api).operations))(
    'responses of $api $id compile strictly',
    (operation) => {
      for (const status of operation.statuses) {
        const schema = responseSchema(operation, Number(status));
        if (schema !== undefined) expect(validatorOf(schema)).toBeTypeOf('function');
      }
    },
  );

  it.each(operations)('parameters and request of $id compile strictly', (facts) => {
    const schemas = [...facts.parameters.map(({ schema }) => schema), ...Object.values(facts.request?.content ?? {})];
    for (const schema of schemas.filter(isJsonObject)) expect(validatorOf(schema)).toBeTypeOf('function');
  });

  it('holds no sentence: no key for one outside of property names, no long text', () => {
    const everything = [...definitions.values(), ...operations];
    expect(everything.flatMap((node) => sentencesIn(node, false))).toEqual([]);
  });

  it('would notice a sentence', () => {
    const long = 'Once upon a time there was a homeserver that answered every request with a long story.';
    expect(sentencesIn({ properties: { title: { title: 'x' } } }, false)).toEqual(['title']);
    expect(sentencesIn({ enum: [long] }, false)).toEqual([long]);
  });
});

/** Below "properties" keys are names that the specification gives to data. */
function sentencesIn(node: unknown, keysAreNames: boolean): string[] {
  if (typeof node === 'string') return node.length > maxLabelLength && node.includes(' ') ? [node] : [];
  if (Array.isArray(node)) return node.flatMap((item) => sentencesIn(item, false));
  if (!isJsonObject(node)) return [];
  return Object.entries(node).flatMap(([key, value]) => [
    ...(!keysAreNames && sentenceKeys.has(key) ? [key] : []),
    ...sentencesIn(value, !keysAreNames && key === 'properties'),
  ]);
}
