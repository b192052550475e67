import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FamilyName, familyNames } from '../core/model/family.ts';
import { UsageError } from '../core/model/usage-error.ts';
import configSchema from '../schemas/suite/config.schema.json' with { type: 'json' };
import { createValidator } from '../schemas/validator.ts';
import { synapseVersionFrom } from '../setup/synapse/synapse.ts';
import { choiceOption, integerOption, type ParsedOptions } from './options.ts';

export const configurationFile = 'pruefstand.config.json';

const problemsOf = createValidator(configSchema);

/** How a run is to be done. Order of precedence: option, environment (PRUEFSTAND_…), file, default. */
export interface Configuration {
  readonly stage: string;
  readonly depth: 'standard' | 'full';
  readonly seed: number;
  readonly only: readonly FamilyName[] | undefined;
  readonly target: string | undefined;
  readonly provider: 'container' | 'process' | undefined;
  readonly synapse: string | undefined;
  readonly runs: string;
}

type Values = ParsedOptions['values'];

/** The options every command understands that opens a target. */
export const runOptions = {
  stage: { type: 'string' },
  depth: { type: 'string' },
  seed: { type: 'string' },
  only: { type: 'string' },
  target: { type: 'string' },
  provider: { type: 'string' },
  synapse: { type: 'string' },
  runs: { type: 'string' },
} as const;

export function resolveConfiguration(options: Values, environment: NodeJS.ProcessEnv, folder: string): Configuration {
  const file = readConfigurationFile(join(folder, configurationFile));
  const value = (name: keyof typeof runOptions) =>
    options[name] ?? environment[`PRUEFSTAND_${name.toUpperCase()}`] ?? file[name];
  const text = (name: keyof typeof runOptions) => {
    const found = value(name);
    return found === undefined ? undefined : String(found);
  };
  const synapse = text('synapse');
  if (text('target') !== undefined) refuseReferenceOptions(options);
  return {
    stage: choiceOption('stage', text('stage'), ['pilot']) ?? 'pilot',
    depth: choiceOption('depth', text('depth'), ['standard', 'full']) ?? 'standard',
    seed: integerOption('seed', text('seed'), { min: 0, max: 2 ** 31 }) ?? 1,
    only: familiesFrom(text('only')),
    target: text('target'),
    provider: choiceOption('provider', text('provider'), ['container', 'process']),
    synapse: synapse === undefined ? undefined : synapseVersionFrom(synapse),
    runs: text('runs') ?? 'runs',
  };
}

/** Who says how the reference deployment is started does not mean a target that runs already. */
function refuseReferenceOptions(options: Values): void {
  const given = (['provider', 'synapse'] as const).find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw new UsageError({
    en: `--${given} is about the reference deployment and a target is named already; leave out one of the two`,
    de: `--${given} betrifft die Referenzinstallation, es ist aber schon ein Ziel genannt; eines von beiden weglassen`,
  });
}

function familiesFrom(list: string | undefined): readonly FamilyName[] | undefined {
  return list?.split(',').flatMap((name) => choiceOption('only', name.trim(), familyNames) ?? []);
}

function readConfigurationFile(path: string): Readonly<Record<string, string | number>> {
  if (!existsSync(path)) return {};
  const value = parseJson(path);
  const [problem] = problemsOf(value);
  if (problem !== undefined) {
    throw new UsageError({ en: `${path} is not valid: ${problem}`, de: `${path} ist ungültig: ${problem}` });
  }
  return value as Record<string, string | number>;
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(
      { en: `${path} is no JSON: ${String(cause)}`, de: `${path} ist kein JSON: ${String(cause)}` },
      { cause },
    );
  }
}
