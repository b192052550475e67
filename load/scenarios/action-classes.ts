/** What people do beside writing; each has latencies and levels of its own. */
export const actionClasses = [
  'goOnline',
  'catchUp',
  'openRoom',
  'openThread',
  'scrollBack',
  'read',
  'type',
  'react',
  'edit',
  'upload',
  'download',
  'searchPeople',
  'searchRooms',
  'searchMessages',
  'browseSpace',
  'viewProfile',
  'setPresence',
  'joinRoom',
  'registerPusher',
  'signIn',
  'signOut',
  'refreshToken',
  'setUpKeys',
  'refillKeys',
  'queryKeys',
  'claimKeys',
  'rotateKeys',
  'backUpKeys',
  'restoreKeys',
] as const;

export type ActionClass = (typeof actionClasses)[number];

/** Actual counts from the time the first request went out, the other from when the person meant to act. */
export type ActionLatency = ActionClass | `${ActionClass}Actual`;

export const actionLatencies: readonly ActionLatency[] = actionClasses.flatMap((name) => [
  name,
  `${name}Actual` as const,
]);

/**
 * Delivery by members of the room; keyDelivery: from the intended time of a room key until its device had it;
 * pollOverhead: by how much an answer without news came later than the poll asked for.
 */
export const observedLatencies = [
  'deliveryUpTo2',
  'deliveryUpTo15',
  'deliveryUpTo50',
  'deliveryUpTo500',
  'deliveryBeyond500',
  'keyDelivery',
  'pollOverhead',
] as const;

export type DeliveryLatency = Extract<(typeof observedLatencies)[number], `delivery${string}`>;

/** The class a room of so many members belongs to. */
export function deliveryLatencyFor(members: number): DeliveryLatency {
  if (members <= 2) return 'deliveryUpTo2';
  if (members <= 15) return 'deliveryUpTo15';
  if (members <= 50) return 'deliveryUpTo50';
  return members <= 500 ? 'deliveryUpTo500' : 'deliveryBeyond500';
}

/**
 * slidingPolls: of both connections; earlyPolls: answered without news before the time that was asked for; seenLater:
 * messages that came while their recipient was offline; givenUp: actions that limits or failures prevented; keysShared,
 * keysSeen, keysDuplicated: room keys by device, shared while it was measured; keysExhausted: devices without one-time key;
 * keysBackedUp: by themselves, after they came; sessionsBackedUp, sessionsRestored: because the scenario said so;
 * eventsScrolled: of the past.
 */
export const userCounters = [
  'slidingPolls',
  'emptyPolls',
  'earlyPolls',
  'seenLater',
  'givenUp',
  'restarts',
  'keysShared',
  'keysSeen',
  'keysDuplicated',
  'keysExhausted',
  'keysBackedUp',
  'sessionsBackedUp',
  'sessionsRestored',
  'eventsScrolled',
  'uploadedBytes',
  'downloadedBytes',
] as const;
