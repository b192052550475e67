import type { SlidingState } from './sliding-state.ts';

/** What Element X asks for of each room of its list and of an opened one (matrix-rust-sdk, room list service). */
const listState = [
  ['m.room.create', ''],
  ['m.room.name', ''],
  ['m.room.encryption', ''],
  ['m.room.power_levels', ''],
  ['m.room.avatar', ''],
  ['m.room.canonical_alias', ''],
  ['m.room.topic', ''],
  ['m.room.join_rules', ''],
  ['m.room.tombstone', ''],
  ['m.room.member', '$LAZY'],
  ['m.room.member', '$ME'],
];
const openedState = [...listState, ['m.room.pinned_events', ''], ['m.room.history_visibility', '']];

/** The connection `room-list`: a window over all rooms, each with its newest event; opened rooms with the newest 20. */
export function roomListRequest({ window, subscribed }: SlidingState): object {
  const subscription = { timeline_limit: 20, required_state: openedState };
  return {
    conn_id: 'room-list',
    lists: {
      all_rooms: {
        ranges: [[0, window - 1]],
        timeline_limit: 1,
        required_state: listState,
        filters: { not_room_types: ['m.space'] },
      },
    },
    ...(subscribed.length > 0 && {
      room_subscriptions: Object.fromEntries(subscribed.map((roomId) => [roomId, subscription])),
    }),
    extensions: {
      account_data: { enabled: true },
      receipts: { enabled: true, rooms: ['*'] },
      typing: { enabled: true },
    },
  };
}

/** The connection `encryption`: what comes for this device and what happens to keys. */
export function encryptionRequest(since: string | undefined): object {
  return {
    conn_id: 'encryption',
    extensions: { to_device: { enabled: true, ...(since !== undefined && { since }) }, e2ee: { enabled: true } },
  };
}
