import type { Bench } from '../../core/model/bench.ts';
import type { ContextOptions, OpenContext } from '../../core/model/family-runtime.ts';
import type { Finding } from '../../core/model/finding.ts';
import type { VariantName } from '../../core/model/lab.ts';
import type { CheckOutcome } from '../../core/model/outcome.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { conclude } from './conclude.ts';
import type { ConformanceCheck, ConformanceContext, ConformanceDefect } from './conformance-check.ts';
import type { Instruments } from './instruments.ts';
import { createToolkit, type Toolkit } from './toolkit.ts';
import type { Tools } from './tools.ts';

/** One run of one check: at the target, and at the variants of the reference deployment it asks for. */
export function openConformanceContext(
  instruments: Instruments,
  { meta }: ConformanceCheck,
  options: ContextOptions<ConformanceDefect>,
): OpenContext<ConformanceContext> {
  const { bench } = instruments;
  // Variants are the same software.
  const { specVersion } = bench.target;
  const toolkits = new Map<VariantName | 'target', Promise<Toolkit>>();
  const opened: Toolkit[] = [];
  const kept = (name: VariantName | 'target', open: () => Promise<Bench>): Promise<Tools> => {
    const there = toolkits.get(name) ?? open().then((its) => added(its, name));
    toolkits.set(name, there);
    return there.then(({ tools }) => tools);
  };
  const added = (its: Bench, name: string): Toolkit => {
    const toolkit = createToolkit(
      { ...instruments, bench: its },
      { ...options, seed: `${options.seed}/${name}`, specVersion, variant },
    );
    opened.push(toolkit);
    return toolkit;
  };
  const started = async (name: VariantName): Promise<Bench> => {
    const { variant: start } = labOf(bench);
    options.held?.(longestStartMs);
    const its = await start(name);
    return { ...its, target: { ...its.target, ...(specVersion && { specVersion }) } };
  };
  const variant = (name: VariantName) => kept(name, () => started(name));
  const onlyInLab = meta.needs.includes('lab');

  const look = async (body: (tools: Tools) => Promise<CheckOutcome>, name?: VariantName): Promise<CheckOutcome> => {
    if (name !== undefined && onlyInLab) return body(await variant(name));
    const outcome = await body(await kept('target', async () => bench));
    if (name === undefined || bench.lab === undefined || outcome.kind !== 'notApplicable') return outcome;
    return body(await variant(name));
  };
  return {
    context: {
      conclude: (body, name) =>
        conclude(
          () => look(body, name),
          () => ({
            findings: opened.flatMap(({ transport }) => transport.ledger.findings.map(aboutTheSpecification)),
            looked: opened.some(({ transport }) => transport.ledger.validated > 0),
            nothing: 'Keine Antwort konnte mit einem Schema der Spezifikation verglichen werden.',
          }),
        ),
    },
    evidence: async () => (await Promise.all(opened.map(({ evidence }) => evidence()))).flat(),
    exercised: () => opened.flatMap(({ transport }) => transport.ledger.tally),
    [Symbol.asyncDispose]: async () => {
      for (const { release } of opened) await release();
    },
  };
}

/** Whoever asks for a variant first waits for its start, which is no fault of the check. */
const longestStartMs = 60_000;

/** What the family sees in every answer says something about the interface, whatever the check is about. */
const aboutTheSpecification = (finding: Finding): Finding => ({ ...finding, concerns: ['KO-05'] });

function labOf({ lab }: Bench) {
  if (lab === undefined) throw new RigError('defect', 'a check asked for the lab without declaring that it needs it');
  return lab;
}
