/** What a client says of a room's encryption, read from all that it tells with the room open. */
export interface RoomMarks {
  /** It says that the room is encrypted. */
  readonly claimsEncryption: boolean;
  /** It says that the room is not. */
  readonly warnsOfNone: boolean;
  /** It says that somebody's identity cannot be trusted as it was. */
  readonly warnsOfIdentity: boolean;
}

const encryption = /(?<!un|nicht (ende-zu-ende-)?)verschlüsselt/i;
const noEncryption =
  /unverschlüsselt|nicht (ende-zu-ende-)?verschlüsselt|verschlüsselung ist (deaktiviert|nicht aktiv)/i;

/** How clients say that a verified person has another identity. */
export const identityWarning = /nicht (mehr )?vertrauenswürdig|identität .*(geändert|zurückgesetzt)/i;

export const marksIn = (told: string): RoomMarks => ({
  claimsEncryption: encryption.test(told),
  warnsOfNone: noEncryption.test(told),
  warnsOfIdentity: identityWarning.test(told),
});
