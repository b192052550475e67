import { expect, test } from 'vitest';
import { oddityEvidence } from './oddities.ts';

const seen = { operation: 'getDevices', seen: 1, validated: 1 };

test('tells what the specification does not describe', () => {
  const [evidence] = oddityEvidence([
    { ...seen, status: 200, unknownKeys: ['/devices/*/x'] },
    { ...seen, status: 409, errcode: 'M_UNKNOWN' },
    { ...seen, status: 401, errcode: 'M_MISSING_TOKEN' },
    { ...seen, operation: 'server-server/getEvent', status: 409, errcode: 'M_UNKNOWN' },
  ]);
  expect(evidence).toMatchObject({ name: 'Auffälligkeiten', mediaType: 'application/json' });
  expect(JSON.parse(String(evidence?.content))).toEqual([
    { operation: 'getDevices', status: 200, unknownKeys: ['/devices/*/x'] },
    { operation: 'getDevices', status: 409, errcode: 'M_UNKNOWN', isUndocumentedStatus: true },
    { operation: 'server-server/getEvent', status: 409, errcode: 'M_UNKNOWN', isUndocumentedStatus: true },
  ]);
});

test('tells nothing where everything is described', () => {
  expect(oddityEvidence([{ ...seen, status: 200 }])).toEqual([]);
});
