import { UsageError } from '../../core/model/usage-error.ts';
import { type LoginWayName, loginWays } from '../../load/generator/provisioning/login-way.ts';
import { defaultRunnerSize, type RunnerSize } from '../../load/kubernetes/fleet.ts';
import { k6Image, pinnedImage, starterImage } from '../../load/kubernetes/image.ts';
import type { RunSpec } from '../../load/kubernetes/manifest.ts';
import { choiceOption, integerOption, type ParsedOptions } from '../options.ts';

export const kubernetesOptions = {
  users: { type: 'string' },
  duration: { type: 'string' },
  population: { type: 'string' },
  login: { type: 'string' },
  seed: { type: 'string' },
  target: { type: 'string' },
  out: { type: 'string' },
  name: { type: 'string' },
  namespace: { type: 'string' },
  volume: { type: 'string' },
  'operator-namespace': { type: 'string' },
  'collector-image': { type: 'string' },
  'k6-image': { type: 'string' },
  'starter-image': { type: 'string' },
  'runner-memory': { type: 'string' },
  'runner-cores': { type: 'string' },
} as const;

type OptionName = keyof typeof kubernetesOptions;

/** What was asked for, checked and with defaults. */
export interface KubernetesWishes extends Pick<RunSpec, 'name' | 'namespace' | 'operatorNamespace' | 'images'> {
  readonly targetFile: string;
  /** Folder to be written. */
  readonly out: string;
  readonly users?: number;
  readonly durationS?: number;
  /** Path of a file in place of the shipped one. */
  readonly population?: string;
  readonly login?: LoginWayName;
  readonly runnerSize: RunnerSize;
  readonly claim?: string;
}

export function kubernetesWishes(values: ParsedOptions['values'], scenario: string): KubernetesWishes {
  const text = (name: OptionName) => (typeof values[name] === 'string' ? values[name] : undefined);
  const needed = (name: OptionName, example: string) => text(name) ?? missing(name, example);
  const label = (name: OptionName, preset?: string) => dnsLabel(name, text(name) ?? preset);
  const users = integerOption('users', values['users'], { min: 2, max: 1_000_000 });
  const durationS = integerOption('duration', values['duration'], { min: 5, max: 604_800 });
  const population = text('population');
  const login = choiceOption('login', values['login'], Object.keys(loginWays) as LoginWayName[]);
  const claim = text('volume') === undefined ? undefined : label('volume');
  return {
    targetFile: needed('target', 'staging.json'),
    out: needed('out', 'manifests'),
    name: label('name', `pruefstand-${scenario}`),
    namespace: label('namespace', 'pruefstand'),
    operatorNamespace: label('operator-namespace', 'k6-operator-system'),
    images: {
      k6: pinnedImage('k6-image', text('k6-image') ?? k6Image),
      starter: pinnedImage('starter-image', text('starter-image') ?? starterImage),
      collector: pinnedImage('collector-image', needed('collector-image', 'registry.example/pruefstand:0.1.0')),
    },
    runnerSize: runnerSize(values),
    ...(users !== undefined && { users }),
    ...(durationS !== undefined && { durationS }),
    ...(claim !== undefined && { claim }),
    ...(population !== undefined && { population }),
    ...(login !== undefined && { login }),
  };
}

function runnerSize(values: ParsedOptions['values']): RunnerSize {
  const { memoryMib, cores } = defaultRunnerSize;
  return {
    memoryMib: integerOption('runner-memory', values['runner-memory'], { min: 256, max: 262_144 }) ?? memoryMib,
    cores: integerOption('runner-cores', values['runner-cores'], { min: 1, max: 128 }) ?? cores,
  };
}

function missing(name: OptionName, example: string): never {
  throw new UsageError({
    en: `load kubernetes needs --${name}, e.g. --${name} ${example}`,
    de: `load kubernetes braucht --${name}, zum Beispiel --${name} ${example}`,
  });
}

/** What Kubernetes takes as a name to which `-collector` or a runner's number can be added. */
function dnsLabel(name: OptionName, value = ''): string {
  if (/^[a-z]([a-z0-9-]{0,48}[a-z0-9])?$/.test(value)) return value;
  throw new UsageError({
    en: `--${name} must be up to 50 lower-case letters, digits and hyphens, got ${value || 'nothing'}`,
    de: `--${name} darf nur bis zu 50 Kleinbuchstaben, Ziffern und Bindestriche haben, nicht ${value || 'nichts'}`,
  });
}
