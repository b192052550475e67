import { firstLineOf, RigError } from '../core/model/rig-error.ts';
import { type Language, textIn } from '../core/model/text.ts';
import type { InstallTask, SetupStep } from './steps/step.ts';

export interface StepsOptions {
  readonly steps: readonly SetupStep[];
  readonly language: Language;
  readonly progress: {
    begin(name: string): void;
    done(name: string): void;
    failed(name: string): void;
  };
  taskFor(step: SetupStep): InstallTask;
}

export interface FailedStep {
  readonly step: SetupStep;
  readonly reason: string;
}

/**
 * Everything at once but for what a step waits for: downloads fill the time in which others compile.
 * A step that fails stops no other. Resolves with the failed ones.
 */
export async function runSteps(options: StepsOptions): Promise<readonly FailedStep[]> {
  const ended = new Map<string, Promise<FailedStep | undefined>>();
  for (const step of inOrder(options.steps)) {
    const before = step.after.map((name) => ended.get(name));
    ended.set(
      step.name,
      Promise.all(before).then(() => runStep(step, options)),
    );
  }
  // An interruption ends every installer; only when the last of them is gone may the lock be given back.
  const results = await Promise.allSettled(ended.values());
  const interrupted = results.find((result) => result.status === 'rejected');
  if (interrupted !== undefined) throw interrupted.reason;
  return results.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []));
}

/** Steps before those that wait for them. A step that is not in the list need not be waited for. */
function inOrder(steps: readonly SetupStep[]): readonly SetupStep[] {
  const names = new Set(steps.map(({ name }) => name));
  const placed = new Set<string>();
  const order: SetupStep[] = [];
  while (order.length < steps.length) {
    const next = steps.filter(
      ({ name, after }) => !placed.has(name) && after.every((other) => placed.has(other) || !names.has(other)),
    );
    if (next.length === 0) throw new Error(`set-up steps wait for each other: ${[...names].join(', ')}`);
    for (const step of next) placed.add(step.name);
    order.push(...next);
  }
  return order;
}

async function runStep(
  step: SetupStep,
  { taskFor, progress, language }: StepsOptions,
): Promise<FailedStep | undefined> {
  const task = taskFor(step);
  try {
    task.signal.throwIfAborted();
    progress.begin(step.name);
    await step.install(task);
    progress.done(step.name);
    return undefined;
  } catch (thrown) {
    task.signal.throwIfAborted();
    const reason = thrown instanceof RigError ? textIn(language, thrown.text) : firstLineOf(thrown);
    progress.failed(step.name);
    return { step, reason };
  }
}
