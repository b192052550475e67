import { Buffer } from 'node:buffer';
import type { Bench } from '../../core/model/bench.ts';
import type { Evidence } from '../../core/model/evidence.ts';
import type { ContextOptions, Family, FamilyRuntime, OpenContext } from '../../core/model/family-runtime.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { createElementDriver } from '../clients/element-driver.ts';
import { runAxe } from '../lib/axe/run-axe.ts';
import { openStage, type Stage } from '../lib/browser/stage.ts';
import { once } from '../lib/once.ts';
import { openStates, profileOf, type StateName, type States, stateTitles } from '../lib/states.ts';
import type { AccessibilityContext, AccessibilityDefect, ClientState } from './context.ts';

export const accessibilityFamily: Family<AccessibilityContext, AccessibilityDefect> = {
  name: 'accessibility',
  folder: 'e2e/accessibility',
  suffix: '.probe.ts',
  // All probes look at the same pages, one after the other.
  concurrency: 1,
  open: async (bench): Promise<FamilyRuntime<AccessibilityContext, AccessibilityDefect>> => {
    const opened: Client[] = [];
    // Not before the first probe: a run without probes needs no browser.
    const client = once(async () => {
      const one = await openClient(bench);
      opened.push(one);
      return one;
    });
    return {
      contextFor: async (_check, options) => openContext(await client(), options),
      [Symbol.asyncDispose]: async () => {
        for (const one of opened) await one[Symbol.asyncDispose]();
      },
    };
  },
};

interface Client extends AsyncDisposable {
  readonly stage: Stage;
  readonly states: States;
}

async function openClient(bench: Bench): Promise<Client> {
  const { clientUrl, homeserverUrl } = bench.target;
  const executablePath = bench.tools.chromium;
  if (clientUrl === undefined || executablePath === undefined) {
    throw new RigError('defect', 'a probe needs webClient and chromium, and one of them is missing');
  }
  const { send, scratchDirectory } = bench;
  const stage = await openStage({
    executablePath,
    scratchDirectory,
    send,
    origins: originsOf([clientUrl, homeserverUrl]),
  });
  const states = openStates({ bench, stage, driver: createElementDriver(clientUrl) });
  const close = async () => {
    await states[Symbol.asyncDispose]();
    await stage[Symbol.asyncDispose]();
  };
  return { stage, states, [Symbol.asyncDispose]: close };
}

const originsOf = (addresses: readonly string[]) => addresses.map((address) => new URL(address).origin);

function openContext(
  { stage, states }: Client,
  { defect, signal }: ContextOptions<AccessibilityDefect>,
): OpenContext<AccessibilityContext> {
  const collected: Evidence[] = [];
  const blockedBefore = stage.blocked.length;
  const state = async (name: StateName): Promise<ClientState> => {
    // All probes share the pages: one whose time is over must not go on in them.
    if (signal.aborted) throw new RigError('interrupted', 'the probe was stopped');
    const page = await states.reach(name, defect?.to === profileOf(name) ? defect.alter : undefined);
    const title = stateTitles[name];
    collected.push({ name: `Bildschirmfoto ${title}`, mediaType: 'image/png', content: await page.screenshot() });
    return {
      name,
      title,
      axe: async (rules) => {
        const report = await runAxe(page, rules);
        collected.push(jsonEvidence(`axe-Bericht ${title}`, report));
        return report;
      },
      language: () => page.evaluate(() => document.documentElement.lang),
    };
  };
  return {
    context: { state },
    evidence: async () => {
      const blocked = stage.blocked.slice(blockedBefore);
      return blocked.length === 0 ? collected : [...collected, jsonEvidence('Verhinderte Anfragen an Dritte', blocked)];
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

const jsonEvidence = (name: string, value: unknown): Evidence => ({
  name,
  mediaType: 'application/json',
  content: Buffer.from(JSON.stringify(value, null, 1)),
});
