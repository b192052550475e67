/** The initial state of a room that makes its join rule the given one. */
export function withJoinRule(content: Readonly<Record<string, unknown>>) {
  return { preset: 'private_chat', initial_state: [{ type: 'm.room.join_rules', state_key: '', content }] };
}

/** Members of those rooms may join. */
export const membersOf = (...roomIds: readonly string[]) =>
  roomIds.map((room_id) => ({ type: 'm.room_membership', room_id }));
