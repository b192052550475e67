import type { PlannedCheck } from '../../core/model/journal-entry.ts';

const words: Readonly<Record<PlannedCheck['standing'], string>> = {
  normative: 'verbindlich',
  informative: 'nur empfohlen',
  proposed: 'vorgeschlagen',
  wish: 'Wunsch des Betreibers',
};

/** What the rule of a check is, with the version of the specification or the number of the proposal it stands in. */
export function standingText({ standing, spec = '' }: Pick<PlannedCheck, 'standing' | 'spec'>): string {
  // What the operator wishes goes beyond whatever rule it starts from.
  const source = standing === 'wish' ? undefined : sourceIn(spec);
  const rank = source === undefined ? words[standing] : `${words[standing]} (${source})`;
  return standing === 'informative' || standing === 'proposed' ? `${rank}; entscheidet nichts` : rank;
}

function sourceIn(spec: string): string | undefined {
  const [, version] = /^https:\/\/spec\.matrix\.org\/v(\d+\.\d+)\//.exec(spec) ?? [];
  if (version !== undefined) return `Matrix-Spezifikation ${version}`;
  const [, proposal] = /(?:MSC|matrix-spec-proposals\/pull\/)(\d{4})/.exec(spec) ?? [];
  return proposal === undefined ? undefined : `MSC${proposal}`;
}
