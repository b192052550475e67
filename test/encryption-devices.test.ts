import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { OpenContext } from '../core/model/family-runtime.ts';
import { processProvider } from '../deployment/providers/process.ts';
import type { EncryptionContext, EncryptionDefect, EncryptionFlow } from '../e2e/encryption/context.ts';
import { hiddenEncryptionState } from '../e2e/encryption/defects.ts';
import { encryptionFamily } from '../e2e/encryption/family.ts';
import { wireCanary } from '../e2e/encryption/messages/wire-canary.flow.ts';
import { alterJson, attackedBy } from '../e2e/lib/alteration.ts';
import { deploy } from './deployment/deploy.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';

const { docker: _d, redis: _r, ...tools } = toolsHere();
const missing = requireParts({ synapse: tools.synapsePython, nginx: tools.nginx });
const candidate = { name: 'process', provider: processProvider, tools };

describe.skipIf(missing !== undefined)(`devices${missing === undefined ? '' : ` (${missing})`}`, () => {
  let deployment: Awaited<ReturnType<typeof deploy>>;
  beforeAll(async () => {
    deployment = await deploy(candidate);
  });
  afterAll(() => deployment?.[Symbol.asyncDispose]());

  const openContext = async (defect?: EncryptionDefect): Promise<OpenContext<EncryptionContext>> => {
    const runtime = await encryptionFamily.open(deployment.bench);
    const signal = new AbortController().signal;
    return runtime.contextFor(wireCanary, { seed: 'devices', signal, ...(defect && { defect }) });
  };

  test('eight devices in one process read the same message', async () => {
    await using open = await openContext();
    const { device } = open.context;
    const [first, ...others] = await Promise.all(Array.from('abcdefgh', (letter) => device(`person${letter}`)));
    if (first === undefined) throw new Error('no device');
    const room = { name: 'Viele Geräte', invite: others.map(({ userId }) => userId) };
    const roomId = await first.createEncryptedRoom(room);
    await Promise.all(others.map((other) => other.joinRoom(roomId)));
    for (const { userId } of others) await first.waitForMember(roomId, userId);
    const text = 'Eine Nachricht für alle.';
    const eventId = await first.sendText(roomId, text);
    const states = await Promise.all(others.map((other) => other.waitForMessage(roomId, eventId)));
    expect(states).toEqual(others.map(() => ({ kind: 'decrypted', text })));
  });

  test('a device names the devices of its owner as they are, before /sync has told of a new one', async () => {
    await using open = await openContext();
    const { device } = open.context;
    const untold = attackedBy(({ answer }) =>
      alterJson(answer, (object) => ('device_lists' in object ? { ...object, device_lists: {} } : object)),
    );
    const first = await device('alice', { between: untold });
    const second = await device('alice', { name: 'Telefon' });
    expect(await first.devicesOf(first.userId)).toEqual([first.deviceId, second.deviceId].toSorted());
  });

  test('a device asks again long before its deadlines: a homeserver may forget to wake it', async () => {
    await using open = await openContext();
    const waits = new Set<number>();
    const noting = attackedBy(({ request, answer }) => {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname.endsWith('/sync')) waits.add(Number(searchParams.get('timeout')));
      return answer;
    });
    await open.context.device('alice', { between: noting });
    expect(Math.max(...waits)).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(5_000);
  });

  const evidenceOf = async (flow: EncryptionFlow, defect?: EncryptionDefect) => {
    await using open = await openContext(defect);
    const outcome = await flow.run(open.context);
    return { kind: outcome.kind, text: (await open.evidence()).map(({ content }) => String(content)).join('\n') };
  };

  test.each([
    ['an untouched target', undefined, 'passed'],
    ['a target that lets plaintext through', hiddenEncryptionState, 'failed'],
  ] as const)('the evidence about %s holds no message text and no token', async (_name, defect, kind) => {
    const evidence = await evidenceOf(wireCanary, defect);
    expect(evidence.kind).toBe(kind);
    expect(evidence.text).toContain('m.room.encryption');
    expect(evidence.text).not.toMatch(/kanarienwort|Prüfnachricht|syt_/);
  });

  test('nothing of the library reaches the console', async () => {
    const spies = (['log', 'info', 'warn', 'error', 'debug', 'trace'] as const).map((name) => vi.spyOn(console, name));
    await evidenceOf(wireCanary);
    expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
  });
});
