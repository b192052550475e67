import { expect, test } from 'vitest';
import type { Exercise } from '../../core/model/exercise.ts';
import type { OperationFacts } from '../../schemas/matrix/operation-facts.ts';
import { coverageOf, type Declarations } from './operations.ts';

const facts = (changes: Partial<OperationFacts> = {}): OperationFacts => ({
  id: 'getDevices',
  method: 'GET',
  path: '/_matrix/client/v3/devices',
  security: ['accessTokenBearer'],
  requiresToken: true,
  deprecated: false,
  parameters: [],
  responses: { '200': { content: {} } },
  ...changes,
});

const none: Declarations = { notImplemented: [], notApplicable: [], optional: [], deviating: [], notBuilt: [] };
const answer = (status: number, changes: Partial<Exercise> = {}): Exercise => ({
  operation: 'getDevices',
  status,
  seen: 1,
  validated: 1,
  ...changes,
});
const success = answer(200);
const refusal = answer(401, { errcode: 'M_MISSING_TOKEN' });

test.each([
  ['a success and an error', [success, refusal], 'exercised'],
  ['a lone refusal', [refusal], 'unexplained'],
  ['a lone success', [success], 'unexplained'],
  ['a success that nobody documents', [answer(204), refusal], 'unexplained'],
  ['an error that was not compared', [success, { ...refusal, validated: 0 }], 'unexplained'],
  ['an inner error', [success, answer(500, { errcode: 'M_UNKNOWN' })], 'unexplained'],
  ['an endpoint that is not there', [success, answer(404, { errcode: 'M_UNRECOGNIZED' })], 'unexplained'],
  ['nothing', [], 'unexplained'],
] as const)('%s: %s', (_name, answers, state) => {
  expect(coverageOf([facts()], answers, none)).toMatchObject([{ operation: 'getDevices', state }]);
});

test('a success counts when it was compared, where there is something to compare it with', () => {
  const described = facts({ responses: { '200': { content: { 'application/json': {} } } } });
  const unseen = answer(200, { validated: 0 });
  expect(coverageOf([described], [unseen, refusal], none)).toMatchObject([{ missing: ['success'] }]);
  expect(coverageOf([described], [success, refusal], none)).toMatchObject([{ state: 'exercised' }]);
  expect(coverageOf([facts()], [unseen, refusal], none)).toMatchObject([{ state: 'exercised' }]);
});

test('where an operation documents errors of its own, a refused token is not enough', () => {
  const device = facts({ responses: { '200': { content: {} }, '404': { content: {} } } });
  expect(coverageOf([device], [success, refusal], none)).toMatchObject([{ state: 'unexplained', missing: ['error'] }]);
  const unknown = answer(404, { errcode: 'M_NOT_FOUND' });
  expect(coverageOf([device], [success, unknown], none)).toMatchObject([{ state: 'exercised' }]);
});

test('an operation that cannot be asked wrongly needs no error', () => {
  const versions = facts({ requiresToken: false, responses: { '200': { content: {} }, '429': { content: {} } } });
  expect(coverageOf([versions], [success], none)).toMatchObject([{ state: 'exercised' }]);
  const parameters = [{ name: 'token', in: 'query', required: true, schema: {} }];
  const lookup = facts({ requiresToken: false, parameters, responses: { '200': { content: {} } } });
  expect(coverageOf([lookup], [success], none)).toMatchObject([{ state: 'unexplained', missing: ['error'] }]);
});

test('a declaration explains what is not exercised, and only that', () => {
  const declared: Declarations = {
    ...none,
    notApplicable: [{ operation: 'getDevices', setting: 'devices.enabled: false', reason: 'Abgeschaltet' }],
  };
  expect(coverageOf([facts()], [refusal], declared)).toMatchObject([
    { state: 'notApplicable', reason: 'Abgeschaltet (devices.enabled: false)' },
  ]);
  expect(coverageOf([facts()], [success, refusal], declared)).toMatchObject([{ state: 'exercised' }]);
});

test('a deviation explains the error that never comes, not a success that was never seen', () => {
  const reason = 'Leere Liste statt 404';
  const declared = { ...none, deviating: [{ operation: 'getDevices', check: 'conformance.dev.dev-list', reason }] };
  expect(coverageOf([facts()], [success], declared)).toMatchObject([
    { state: 'deviating', reason: `${reason} (conformance.dev.dev-list)` },
  ]);
  expect(coverageOf([facts()], [refusal], declared)).toMatchObject([{ state: 'unexplained', missing: ['success'] }]);
});
