import type { FamilyName } from '../core/model/family.ts';
import type { Text } from '../core/model/text.ts';

export const partNames = [
  'node',
  'k6',
  'go',
  'python',
  'synapse',
  'element-shell',
  'hydrogen-shell',
  'chromium',
  'nginx',
  'postgresql',
  'redis',
  'container-engine',
  'disk-space',
] as const;

export type PartName = (typeof partNames)[number];

/**
 * start: `npm start` needs it; better: `npm start` installs it but has another way without;
 * test: only our own tests need it; build: needed only as long as what is built with it is missing.
 */
export type PartNeed = 'start' | 'better' | 'test' | 'build';

export interface Part {
  readonly need: PartNeed;
  /** Families of which checks are lost without it. */
  readonly families: readonly FamilyName[];
  /** What its absence costs, in one line. */
  readonly costs: Text;
}

const everyFamily: readonly FamilyName[] = ['conformance', 'policy', 'encryption', 'accessibility', 'load'];

export const parts: Readonly<Record<PartName, Part>> = {
  node: {
    need: 'start',
    families: everyFamily,
    costs: { en: 'nothing runs without Node 24', de: 'ohne Node 24 läuft nichts' },
  },
  k6: {
    need: 'start',
    families: ['load'],
    costs: { en: 'load: no check of load is assessed', de: 'load: keine Lastprüfung wird bewertet' },
  },
  go: {
    need: 'build',
    families: ['load'],
    costs: { en: 'k6 cannot be built', de: 'k6 lässt sich nicht bauen' },
  },
  python: {
    need: 'build',
    families: everyFamily,
    costs: { en: 'Synapse cannot be installed', de: 'Synapse lässt sich nicht installieren' },
  },
  synapse: {
    need: 'start',
    families: everyFamily,
    costs: {
      en: 'all families: no reference deployment as processes; only a container or a target file of your own',
      de: 'alle Familien: keine Referenzinstallation aus Prozessen; nur Container oder eine eigene Zieldatei',
    },
  },
  'element-shell': {
    need: 'start',
    families: ['accessibility'],
    costs: {
      en: 'accessibility: no client is served, its checks are not assessed',
      de: 'accessibility: kein Client wird ausgeliefert, die Prüfungen werden nicht bewertet',
    },
  },
  'hydrogen-shell': {
    need: 'better',
    families: [],
    costs: {
      en: 'encryption: whether other programs can talk to the client is seen with one program less',
      de: 'encryption: ob andere Programme mit dem Client sprechen können, wird mit einem Programm weniger gesehen',
    },
  },
  chromium: {
    need: 'start',
    families: ['accessibility'],
    costs: { en: 'accessibility: no check is assessed', de: 'accessibility: keine Prüfung wird bewertet' },
  },
  nginx: {
    need: 'start',
    families: ['policy'],
    costs: {
      en: 'policy: the reference deployment as processes has no edge; TLS, headers and closed paths are not assessed',
      de: 'policy: die Referenzinstallation aus Prozessen hat keine Kante; TLS, Kopfzeilen und geschlossene Pfade werden nicht bewertet',
    },
  },
  postgresql: {
    need: 'better',
    families: [],
    costs: {
      en: 'the reference deployment as processes uses SQLite instead',
      de: 'die Referenzinstallation aus Prozessen nimmt stattdessen SQLite',
    },
  },
  redis: {
    need: 'test',
    families: [],
    costs: {
      en: 'no reference deployment with several Synapse workers; its tests are left out',
      de: 'keine Referenzinstallation mit mehreren Synapse-Prozessen; deren Tests entfallen',
    },
  },
  'container-engine': {
    need: 'test',
    families: [],
    costs: {
      en: 'no reference deployment in containers, it is made of processes; tests with containers are left out',
      de: 'keine Referenzinstallation in Containern, sie entsteht aus Prozessen; Tests mit Containern entfallen',
    },
  },
  'disk-space': {
    need: 'start',
    families: everyFamily,
    costs: {
      en: 'a run may stop in the middle because its evidence cannot be written',
      de: 'ein Lauf kann mittendrin abbrechen, weil Nachweise nicht geschrieben werden können',
    },
  },
};
