import type { Text } from '../core/model/text.ts';
import { findExecutable } from './lib/find-executable.ts';
import type { PartName } from './parts.ts';
import { installCommand, isDebian, systemParts } from './system/packages.ts';

const bySetup = 'npm start';

const others: Readonly<Partial<Record<PartName, Text>>> = {
  node: 'npm ci',
  k6: bySetup,
  synapse: bySetup,
  'element-shell': bySetup,
  'hydrogen-shell': bySetup,
  go: {
    en: `${bySetup} (fetches Go by itself), or install Go 1.25 or newer`,
    de: `${bySetup} (holt Go selbst), oder Go 1.25 oder neuer installieren`,
  },
  'disk-space': { en: 'free some disk space', de: 'Plattenplatz schaffen' },
};

const startEngine = 'sudo systemctl start docker';

/** An engine that is installed may just not run. */
function engineRemedy(): Text {
  const isInstalled = findExecutable(['dockerd'], process.env['PATH'] ?? '') !== undefined;
  return isInstalled ? startEngine : `${installCommand(['docker.io', 'iptables'])} && ${startEngine}`;
}

/** What a person types to get a missing part. */
export function remedyFor(name: PartName): Text {
  if (name === 'container-engine') return engineRemedy();
  const packages = systemParts.find(({ part }) => part === name)?.packages;
  if (packages === undefined) return others[name] ?? bySetup;
  if (isDebian()) return installCommand(packages);
  const list = packages.join(', ');
  return {
    en: `install what Debian calls ${list}`,
    de: `installieren, was bei Debian ${list} heißt`,
  };
}
