import { expect, test } from 'vitest';
import { RigError } from '../../../core/model/rig-error.ts';
import { createHandles } from './in-page/handles.ts';
import { broughtBy, type RemoteObject } from './remote-object.ts';

const warnings: string[] = [];

async function opened() {
  const handles = createHandles(() => warnings);
  const told: string[] = [];
  const call = async (...which: Parameters<typeof handles.call>) => {
    const reply = structuredClone(await handles.call(...which));
    told.push(...reply.warnings);
    return reply;
  };
  const reply = await handles.keep(() => ({
    add: (a: number, b: number) => a + b,
    later: async () => ({ text: () => 'from afar', state: 'data beside methods stays' }),
    warn: () => void warnings.push('a warning'),
    refuse: () => Promise.reject(new RigError('targetRefused', { de: 'nein', en: 'no' })),
    fail: () => {
      throw new TypeError('wrong');
    },
  }));
  return { device: broughtBy(structuredClone(reply), call) as RemoteObject, told };
}

test('methods get their values and give theirs back', async () => {
  const { device } = await opened();
  expect(await device['add']?.(2, 3)).toBe(5);
});

test('what has methods of its own stays and is called from afar', async () => {
  const { device } = await opened();
  const thing = (await device['later']?.()) as RemoteObject;
  expect(await thing['text']?.()).toBe('from afar');
});

test('errors keep their kind', async () => {
  const { device } = await opened();
  await expect(device['refuse']?.()).rejects.toMatchObject({ code: 'targetRefused', text: { de: 'nein', en: 'no' } });
  await expect(device['fail']?.()).rejects.toMatchObject({ name: 'TypeError', message: 'wrong' });
});

test('every warning is told once', async () => {
  const { device, told } = await opened();
  await device['warn']?.();
  await device['add']?.(1, 1);
  expect(told).toEqual(['a warning']);
});
