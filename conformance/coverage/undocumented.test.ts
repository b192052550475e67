import { expect, test } from 'vitest';
import { readOperationFacts } from '../../schemas/matrix/bundle.ts';
import type { OperationFacts } from '../../schemas/matrix/operation-facts.ts';
import { undocumentedIn } from './undocumented.ts';

const facts = readOperationFacts('client-server').find(({ id }) => id === 'getDevices') as OperationFacts;
const answer = { operation: 'getDevices', seen: 1, validated: 1 };

test('names answers nobody foresees and keys nobody describes, once each', () => {
  const exercises = [
    { ...answer, status: 200, unknownKeys: ['/devices/*/x', '/y'] },
    { ...answer, status: 200, unknownKeys: ['/y'] },
    { ...answer, status: 401, errcode: 'M_UNKNOWN_TOKEN' },
    { ...answer, status: 404, errcode: 'M_UNRECOGNIZED' },
    { ...answer, status: 409, errcode: 'M_UNKNOWN' },
    { ...answer, status: 204 },
    { ...answer, status: 204 },
  ];
  expect(undocumentedIn(facts, exercises)).toEqual({ answers: ['204', '409 M_UNKNOWN'], keys: ['/devices/*/x', '/y'] });
});

test('has nothing to tell of an operation nobody asked', () => {
  expect(undocumentedIn(facts, [])).toEqual({ answers: [], keys: [] });
});
