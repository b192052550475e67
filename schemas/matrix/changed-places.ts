/**
 * Places in answers that a later version changed. The facts hold only the newest form, so the form before cannot be
 * restored: a server that advertises less is held to the newest one. For each place it is written down why that is no
 * unfair demand. Marks on operations and parameters tell of behaviour and requests, never of the form of an answer.
 */
export const changedPlaces: Readonly<Record<'wider' | 'sameForm' | 'picture', readonly string[]>> = {
  /** The newest form accepts all that was right before; what was required then is no longer noticed when it is missing. */
  wider: [
    'event.m.call.hangup/properties/content/properties/reason',
    'event.m.receipt',
    'event.m.room.create/properties/content/properties/predecessor/properties/event_id',
    'event.m.room.encrypted/properties/content/properties/device_id',
    'event.m.room.encrypted/properties/content/properties/sender_key',
    'event.m.room_key_request/properties/content/properties/body/properties/sender_key',
  ],
  /** Another meaning of the same form. */
  sameForm: [
    'client-server sync 200/content/application/json/properties/rooms/properties/join/patternProperties/^!/properties/unread_notifications',
    'client-server.client_event_without_room_id/properties/unsigned/properties/prev_content',
    'client-server.request_token_response/properties/submit_url',
    'event.m.room.member/properties/unsigned/allOf/1/properties/invite_room_state',
    'event.m.room.member/properties/unsigned/allOf/1/properties/knock_room_state',
    'event.m.room.message$m.audio/properties/content/properties/body',
    'event.m.room.message$m.file/properties/content/properties/body',
    'event.m.room.message$m.image/properties/content/properties/body',
    'event.m.room.message$m.video/properties/content/properties/body',
    'event.m.room.power_levels/properties/content/properties/events',
    'event.m.room.power_levels/properties/content/properties/users',
    'event.m.room.power_levels/properties/content/properties/users_default',
    'server-server sendJoinV2 200/content/application/json/properties/auth_chain',
    'server-server sendJoinV2 200/content/application/json/properties/state',
    'server-server sendKnock 200/content/application/json/properties/knock_room_state',
  ],
  /** No JSON. */
  picture: [
    'client-server getContentThumbnail 200/content/image/png',
    'client-server getContentThumbnailAuthed 200/content/image/png',
  ],
};
