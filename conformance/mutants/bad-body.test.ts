import { expect, test } from 'vitest';
import { parsedJson } from '../../core/parsed-json.ts';
import { badBodyFor } from './bad-body.ts';
import { badBodies } from './mutant.ts';

test.each(badBodies)('%s is no JSON in the place of one', (kind) => {
  const bytes = new TextEncoder().encode('{"joined_rooms":[]}');
  expect(parsedJson(new TextDecoder().decode(badBodyFor(bytes, kind)))).toBeUndefined();
});
