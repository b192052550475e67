import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processProvider } from '../deployment/providers/process.ts';
import { createElementDriver } from '../e2e/clients/element-driver.ts';
import { type Alteration, withText } from '../e2e/lib/alteration.ts';
import { openStage, type Stage, type StageOptions } from '../e2e/lib/browser/stage.ts';
import { openStates, type States } from '../e2e/lib/states.ts';
import { locateTools } from '../setup/locate.ts';
import { deploy } from './deployment/deploy.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';

const { docker: _d, redis: _r, ...tools } = toolsHere();
const { chromium = '' } = locateTools();
const missing = requireParts({
  synapse: tools.synapsePython,
  nginx: tools.nginx,
  'Element shell': tools.elementShellDist,
  chromium: chromium || undefined,
});

describe.skipIf(missing !== undefined)(`a person at the client${missing === undefined ? '' : ` (${missing})`}`, () => {
  let deployment: Awaited<ReturnType<typeof deploy>>;
  let stage: Stage;
  let states: States;
  beforeAll(async () => {
    deployment = await deploy({ name: 'process', provider: processProvider, tools });
    stage = await openStage(stageOptions());
    states = statesOn(stage);
    await useUpLogins();
  });
  afterAll(async () => {
    await states?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
    await deployment?.[Symbol.asyncDispose]();
  });

  const stageOptions = (): StageOptions => {
    const { target, send, scratchDirectory } = deployment.bench;
    const origins = [target.clientUrl, target.homeserverUrl].map((address) => new URL(String(address)).origin);
    return { executablePath: chromium, scratchDirectory, send, origins };
  };
  /** Checks before may have done so; the person then has to be patient, not locked out. */
  const useUpLogins = async () => {
    const { target, send } = deployment.bench;
    const url = `${target.homeserverUrl}/_matrix/client/v3/login`;
    const statuses: number[] = [];
    for (const user of ['eins', 'zwei', 'drei', 'vier']) {
      const login = { type: 'm.login.password', identifier: { type: 'm.id.user', user }, password: 'falsch' };
      statuses.push((await send({ method: 'POST', url, body: JSON.stringify(login) })).status);
    }
    expect(statuses).toEqual([403, 403, 403, 429]);
  };
  const driverHere = () => createElementDriver(String(deployment.bench.target.clientUrl));
  const statesOn = (on: Stage) => openStates({ bench: deployment.bench, stage: on, driver: driverHere() });

  test('reads the encrypted messages of the room and signs out, and nobody else was contacted', async () => {
    const driver = driverHere();
    const page = await states.reach('room');
    const timeline = await driver.readTimeline(page);
    expect(timeline.map(({ sender, text }) => `${sender.split('-')[1]}: ${text}`)).toEqual([
      'bob: Guten Morgen, das ist eine Prüfnachricht von einem anderen Gerät.',
      'anna: Guten Morgen, das ist die Antwort aus dem Browser.',
    ]);
    await driver.signOut(page);
    expect(stage.blocked).toEqual([]);
  });

  test('who is served a page with a foreign picture does not contact its host', async () => {
    const picture = 'https://fremd.example/bild.png';
    const withPicture: Alteration = ({ request, answer }) => {
      if (new URL(request.url).pathname !== '/') return answer;
      const { 'content-security-policy': _, ...headers } = answer.headers;
      return { ...withText(answer, answer.text().replace('</body>', `<img src="${picture}"></body>`)), headers };
    };
    await states.reach('login', withPicture);
    expect(stage.blocked).toEqual([{ method: 'GET', url: picture }]);
  });

  test('a view that the client does not reach is named in one line', async () => {
    const broken: Alteration = ({ request, answer }) =>
      request.url.endsWith('/config.json') ? { ...answer, status: 500 } : answer;
    const scratchDirectory = mkdtempSync(join(deployment.bench.scratchDirectory, 'impatient-'));
    await using impatient = await openStage({ ...stageOptions(), scratchDirectory, stepTimeoutMs: 3_000 });
    await using waiting = statesOn(impatient);
    await expect(waiting.reach('login', broken)).rejects.toThrow(
      /^The web client did not show "login" in time: .*input/,
    );
  });
});
