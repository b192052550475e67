/** What a device made of a message. */
export type MessageState =
  | { readonly kind: 'decrypted'; readonly text: string }
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'undecryptable'; readonly reason: string }
  | { readonly kind: 'absent' };

export interface NewRoom {
  readonly name: string;
  readonly invite: readonly string[];
  /** Everybody may join; else only who is invited. */
  readonly isPublic?: boolean;
  /** What who joins may see of the past; default `shared`. */
  readonly history?: HistoryVisibility;
  /** After so many messages, or so long, a new session begins; without it the defaults of the specification hold. */
  readonly rotation?: { readonly messages?: number; readonly ms?: number };
}

export type HistoryVisibility = 'invited' | 'joined' | 'shared' | 'world_readable';

/** How a client warns of a message that it could decrypt. */
export interface Shield {
  readonly colour: 'none' | 'grey' | 'red';
  /** The library's name for it. */
  readonly reason?: string;
}

export type Membership = 'join' | 'invite' | 'leave' | 'ban';

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
  /** Resolves when /sync shows the room as joined, with its topic: a device that was restarted may not know it at once. */
  waitForRoom(roomId: string): Promise<void>;
  /** Waits for the room and throws away the key the device sends with, which no device does by itself; for counterexamples. */
  forgetSession(roomId: string): Promise<void>;
  /** Joins a room everybody may join, without an invitation; else like `joinRoom`. */
  joinPublicRoom(roomId: string): Promise<void>;
  /** Resolves when the server has taken it; the echo in /sync may still be on its way. */
  invite(roomId: string, userId: string): Promise<void>;
  leave(roomId: string): Promise<void>;
  kick(roomId: string, userId: string): Promise<void>;
  ban(roomId: string, userId: string): Promise<void>;
  /** Changes how the person is called in that room. */
  renameIn(roomId: string, name: string): Promise<void>;
  setHistoryVisibility(roomId: string, history: HistoryVisibility): Promise<void>;
  /** Resolves when /sync has shown that history is visible so. */
  waitForHistoryVisibility(roomId: string, history: HistoryVisibility): Promise<void>;
  /** Resolves when /sync has shown that person as joined. */
  waitForMember(roomId: string, userId: string): Promise<void>;
  /** Resolves when /sync has shown that person with this membership. */
  waitForMembership(roomId: string, userId: string, membership: Membership): Promise<void>;
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
  /** Room keys go to devices this one has verified, and to no others. */
  sendOnlyToVerified(only: boolean): void;
  /** Room keys go to devices their owner has signed, and to no others; messages of others stay closed. */
  sendOnlyToSigned(only: boolean): void;
  /** What the device would show beside a message; undefined for messages it does not have or that are not encrypted. */
  shieldOf(roomId: string, eventId: string): Promise<Shield | undefined>;
  /** What a person does who compared keys: believes that device, or no longer. */
  markDevice(userId: string, deviceId: string, isVerified: boolean): Promise<void>;
  /** Ids of the devices the server names for a person, asked anew, sorted. */
  devicesOf(userId: string): Promise<readonly string[]>;
  /** Whether that person's identity was verified by this one's owner. */
  hasVerified(userId: string): Promise<boolean>;
  /** Ends the session; the device is of no use after it. */
  signOut(): Promise<void>;
  /** Warnings of the library inside, without plaintext. */
  readonly warnings: readonly string[];
}
