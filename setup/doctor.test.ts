import { expect, test } from 'vitest';
import { type InspectedPart, inspect, isReadyToStart } from './doctor.ts';
import { partNames, parts } from './parts.ts';

const part = (name: InspectedPart['name'], ok: boolean): InspectedPart => ({
  name,
  ok,
  found: undefined,
  wanted: '',
  need: parts[name].need,
  families: [],
  costs: [],
  remedy: undefined,
});

test.each([
  ['chromium', false],
  ['k6', false],
  ['go', false],
  ['postgresql', true],
  ['redis', true],
  ['container-engine', true],
] as const)('without %s a run can assess all it is meant to: %s', (name, ready) => {
  expect(isReadyToStart([part('node', true), part(name, false)])).toBe(ready);
});

test('every part of this machine is inspected; one that is there costs nothing, one that is not names cost and remedy', async () => {
  const { parts: inspected } = await inspect();
  expect(inspected.map(({ name }) => name)).toEqual([...partNames]);
  for (const { ok, costs, remedy } of inspected) {
    expect({ costs: costs.length, hasRemedy: remedy !== undefined }).toEqual(
      ok ? { costs: 0, hasRemedy: false } : { costs: 1, hasRemedy: true },
    );
  }
});

test('a machine without any program is told so', async () => {
  const { parts: inspected } = await inspect({ PATH: '/nowhere', DOCKER_HOST: 'unix:///nowhere/docker.sock' });
  const engine = inspected.find(({ name }) => name === 'container-engine');
  expect(engine).toMatchObject({ ok: false, found: undefined });
});

test('a browser named wrongly is a missing part with its cost, and the remedy is to name it rightly', async () => {
  const { parts: inspected } = await inspect({ ...process.env, PRUEFSTAND_CHROMIUM: '/nowhere/chromium' });
  expect(inspected.map(({ name }) => name)).toEqual([...partNames]);
  expect(inspected.find(({ name }) => name === 'chromium')).toMatchObject({
    ok: false,
    found: undefined,
    costs: [parts.chromium.costs],
    remedy: { en: 'correct or unset PRUEFSTAND_CHROMIUM: /nowhere/chromium is no program' },
  });
});
