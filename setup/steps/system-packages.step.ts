import { existsSync } from 'node:fs';
import { RigError } from '../../core/model/rig-error.ts';
import { run } from '../lib/run.ts';
import { repositoryRoot } from '../places.ts';
import {
  installCommand,
  isDebian,
  missingSystemParts,
  type Purpose,
  packagesOf,
  type SystemPart,
} from '../system/packages.ts';
import { forbidServices, policyIsLeftBehind } from '../system/service-guard.ts';
import type { InstallTask, SetupStep } from './step.ts';

/** What comes from the system: installed where we may, else the exact command is told. */
export function systemPackagesStep(purpose: Purpose): SetupStep {
  return {
    name: 'system-packages',
    title: { en: 'system packages', de: 'Systempakete' },
    optional: false,
    after: [],
    isReady: () => missingSystemParts(purpose).length === 0 && !policyIsLeftBehind(),
    lacking: () => missingSystemParts(purpose).map(({ part }) => part),
    install: async (task) => {
      const missing = missingSystemParts(purpose);
      const packages = packagesOf(missing);
      if (!mayInstall()) throw new RigError('toolMissing', told(missing, packages));
      using _ = forbidServices();
      if (packages.length > 0) await aptInstall(task, packages);
      await switchOff(task, missing);
      const still = missingSystemParts(purpose);
      if (still.length > 0) throw new RigError('toolMissing', told(still, packagesOf(still)));
    },
  };
}

const mayInstall = (): boolean => process.getuid?.() === 0 && isDebian() && existsSync('/usr/bin/apt-get');

function told(missing: readonly SystemPart[], packages: readonly string[]) {
  const names = missing.map(({ part }) => part).join(', ');
  const command = installCommand(packages);
  return {
    en: `${names} missing on this system; install with: ${command}`,
    de: `Auf diesem System fehlt ${names}; abhelfen kann: ${command}`,
  };
}

/** The package lists are only fetched anew when what is there does not suffice: on a fresh machine, or when it is outdated. */
async function aptInstall(task: InstallTask, packages: readonly string[]): Promise<void> {
  task.say(packages.join(' '));
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  const call = (command: string, args: readonly string[]) => run(task, { command, args, cwd: repositoryRoot, env });
  const install = () => call('apt-get', [...aptOptions(task), 'install', '-y', '--no-install-recommends', ...packages]);
  // An installation that was killed leaves packages half configured, and apt-get refuses until this was said.
  await call('dpkg', ['--configure', '-a']);
  try {
    await install();
  } catch {
    task.signal.throwIfAborted();
    await call('apt-get', [...aptOptions(task), 'update']).catch(ignoreUnlessAborted(task));
    await install();
  }
}

/** One source of several that cannot be reached makes `update` fail although what we need was fetched. */
const ignoreUnlessAborted = (task: InstallTask) => () => task.signal.throwIfAborted();

function aptOptions({ environment }: InstallTask): readonly string[] {
  const authorities = environment['SSL_CERT_FILE'];
  const trust = authorities === undefined ? [] : ['-o', `Acquire::https::CAInfo=${authorities}`];
  return ['-q', '-o', 'DPkg::Lock::Timeout=300', ...trust];
}

/** Where systemd runs, what we installed is not to start at the next boot either. */
async function switchOff(task: InstallTask, installed: readonly SystemPart[]): Promise<void> {
  const services = installed.flatMap(({ services: names }) => names);
  if (services.length === 0 || !existsSync('/run/systemd/system')) return;
  await run(task, { command: 'systemctl', args: ['disable', '--now', ...services], cwd: repositoryRoot });
}
