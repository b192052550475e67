import type { SpecVersion } from './spec-version.ts';

/** Operations that the specification's change logs name as new, while its data carries no mark. */
export const addedByChangelog: Readonly<Record<string, SpecVersion>> = {
  // https://spec.matrix.org/v1.3/changelog/
  getRelatingEvents: '1.3',
  getRelatingEventsWithRelType: '1.3',
  getRelatingEventsWithRelTypeAndEventType: '1.3',
  // https://spec.matrix.org/v1.15/changelog/v1.15/
  getAuthMetadata: '1.15',
  // https://spec.matrix.org/v1.18/changelog/v1.18/, policy servers
  askPolicyServerToSign: '1.18',
  // https://spec.matrix.org/v1.19/changelog/v1.19/
  getMutualRooms: '1.19',
};
