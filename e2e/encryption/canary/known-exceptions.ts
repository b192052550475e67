import type { CanaryKind, CanaryPlace } from './kinds.ts';

/** What Matrix does not encrypt: it is told in every report and is no finding. Anything else that is found open is one. */
export interface KnownException {
  readonly kind: CanaryKind;
  readonly places: readonly CanaryPlace[];
  /** German. */
  readonly reason: string;
  readonly source: string;
}

const stateSource = 'https://github.com/matrix-org/matrix-spec-proposals/pull/4362 (nicht angenommen)';

export const knownExceptions: readonly KnownException[] = [
  {
    kind: 'reaction',
    places: ['wire', 'database'],
    reason: 'Reaktionen bleiben offen, weil der Server sie zu ihrer Nachricht zusammenstellt.',
    source: 'https://github.com/matrix-org/matrix-doc/pull/1849#pullrequestreview-248763642',
  },
  {
    kind: 'roomName',
    places: ['wire', 'database', 'push'],
    reason: 'Eigenschaften eines Raums verschlüsselt Matrix nicht.',
    source: stateSource,
  },
  {
    kind: 'topic',
    places: ['wire', 'database'],
    reason: 'Eigenschaften eines Raums verschlüsselt Matrix nicht.',
    source: stateSource,
  },
  {
    kind: 'displayName',
    places: ['wire', 'database', 'push'],
    reason: 'Die Mitgliedschaft mit dem Anzeigenamen braucht der Server selbst; auch der Vorschlag dazu nimmt sie aus.',
    source: stateSource,
  },
];
