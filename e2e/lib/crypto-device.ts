/** What a device made of a message. */
export type MessageState =
  | { readonly kind: 'decrypted'; readonly text: string }
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'undecryptable'; readonly reason: string }
  | { readonly kind: 'absent' };

export interface NewRoom {
  readonly name: string;
  readonly invite: readonly string[];
}

/**
 * A person's device with real cryptography, whatever library is inside.
 * Every method that waits has a deadline; an answer missing for a reason of the bench is thrown as RigError.
 */
export interface CryptoDevice extends AsyncDisposable {
  /** The person's name in checks: alice, bob. */
  readonly person: string;
  readonly userId: string;
  readonly deviceId: string;
  /**
   * Creates a private room with encryption, then sets its topic.
   * Resolves with the room id when this device has seen the topic in /sync: what the server tells of the room's
   * creation has arrived by then, because it came earlier in the stream.
   */
  createEncryptedRoom(room: NewRoom): Promise<string>;
  /** Waits for the invitation in /sync, joins, and resolves when /sync shows the room as joined, with its topic. */
  joinRoom(roomId: string): Promise<void>;
  /** Resolves when /sync has shown that person as joined. */
  waitForMember(roomId: string, userId: string): Promise<void>;
  /** Tries to take back the room's encryption. Resolves with whether the server let it. */
  withdrawEncryption(roomId: string): Promise<boolean>;
  /** Resolves when /sync has shown that the encryption was taken back. */
  waitForWithdrawnEncryption(roomId: string): Promise<void>;
  /** Resolves with the event id when the server has accepted the message. */
  sendText(roomId: string, text: string): Promise<string>;
  /**
   * Resolves as soon as the message is readable or can never be; at the deadline with the last state.
   * Missing keys are waited for until the deadline, because they may still come.
   */
  waitForMessage(roomId: string, eventId: string): Promise<MessageState>;
  /** Resolves with the sender of a message with exactly this text once it is readable; undefined at the deadline. */
  waitForText(roomId: string, text: string): Promise<string | undefined>;
  /** Warnings of the library inside, without plaintext. */
  readonly warnings: readonly string[];
}
