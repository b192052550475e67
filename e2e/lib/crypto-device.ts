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
  /** For a conversation of two. */
  readonly isDirect?: boolean;
  /** The request does not mention encryption: what the server lays down for new rooms decides. */
  readonly leavesEncryptionToServer?: boolean;
}

export type HistoryVisibility = 'invited' | 'joined' | 'shared' | 'world_readable';

/** How a client warns of a message that it could decrypt. */
export interface Shield {
  readonly colour: 'none' | 'grey' | 'red';
  /** The library's name for it. */
  readonly reason?: string;
}

/** How two devices compare each other's keys, as one of them sees it. */
export interface Verification {
  /** The side that was asked agrees. */
  accept(): Promise<void>;
  /** Resolves when both sides agree to compare; false when that ended before, or at the deadline. */
  waitUntilReady(): Promise<boolean>;
  /** Offers to compare emojis. */
  startEmojis(): Promise<void>;
  /** Resolves with the emojis to be compared; undefined when it ended before, or at the deadline. */
  waitForEmojis(): Promise<string | undefined>;
  /** The person says that the other side shows the same. */
  confirm(): Promise<void>;
  /** The person says that the other side shows something else. */
  deny(): Promise<void>;
  /** The person breaks off. */
  cancel(): Promise<void>;
  /** What the other side's camera sees; undefined when this device shows no code. */
  showCode(): Promise<Uint8ClampedArray | undefined>;
  scanCode(code: Uint8ClampedArray): Promise<void>;
  /** Resolves when the other side says it has scanned the code; false when that ended before, or at the deadline. */
  waitUntilScanned(): Promise<boolean>;
  /** The person says that the other side reports success. */
  confirmScan(): Promise<void>;
  /** Resolves when it has ended; at the deadline it is `open`. */
  waitForEnd(): Promise<VerificationEnd>;
}

export type VerificationEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled'; readonly code: string; readonly byMe: boolean }
  | { readonly kind: 'open' };

export type FetchedFile =
  | { readonly kind: 'opened'; readonly bytes: Uint8Array }
  /** What arrived is not what was sent. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'absent' };

/** A picture with what belongs to it; all of it is encrypted before it leaves the device. */
export interface Picture {
  readonly name: string;
  readonly caption: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly thumbnail: Uint8Array<ArrayBuffer>;
}

export interface ClaimedKey {
  readonly keyId: string;
  /** Kept for the case that all others are used up. */
  readonly isFallback: boolean;
}

export type Restoration =
  | { readonly kind: 'restored'; readonly total: number; readonly imported: number }
  /** The device would not: the key fits nothing, or the backup is not the person's. */
  | { readonly kind: 'refused'; readonly reason: string };

export type Sending =
  | { readonly kind: 'sent'; readonly eventId: string }
  /** The device would not. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface Secret {
  /** As secret storage names it, e.g. `m.cross_signing.master`. */
  readonly name: string;
  readonly key: string;
}

export interface RoomKey {
  readonly roomId: string;
  readonly sessionId: string;
  readonly sessionKey: string;
}

/** A room key as somebody passes it on, who says whose it is. */
export interface ForwardedKey extends RoomKey {
  readonly owner: DeviceKeys;
}

/** A message as only who has the key of its session can read it. */
export interface ClosedContent {
  readonly sessionId: string;
  readonly ciphertext: string;
}

/** Which device a message goes to; a device is its own address. */
export interface DeviceAddress {
  readonly userId: string;
  readonly deviceId: string;
}

/** Public keys of a device. */
export interface DeviceKeys {
  readonly curve25519: string;
  readonly ed25519: string;
}

/** A text that is looked for where it must not be. */
export interface SoughtText {
  /** German. */
  readonly what: string;
  readonly value: string;
}

/** Something a browser keeps. */
export interface StoredEntry {
  /** e.g. `localStorage mx_key`, `IndexedDB rooms/sync`. */
  readonly place: string;
  /** Texts as they are, bytes as one character each. */
  readonly text: string;
}

/** What only a device in a browser has. */
export interface BrowserSide {
  /** What opens the person's messages and session, open: for looking for it where it must not be. */
  secrets(): Promise<readonly SoughtText[]>;
  /** All that the device keeps in its browser. */
  storage(): Promise<readonly StoredEntry[]>;
  /** What stood in the browser's console since the device was opened. */
  readonly console: readonly string[];
  /** Puts a text where every script of the page reads it; for controls and counterexamples. */
  keepOpenly(key: string, text: string): Promise<void>;
  /** Writes into the console; for controls and counterexamples. */
  say(text: string): Promise<void>;
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
   * Creates a room with a topic, encrypted unless that is left to the server.
   * Resolves with the room id when this device has seen in /sync what the server tells of the room's creation and of those
   * invited, its topic last.
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
  /** The same with whatever content, also one no honest program makes. */
  sendContent(roomId: string, content: object): Promise<string>;
  /**
   * Resolves as soon as the message is readable or can never be; at the deadline with the last state.
   * Missing keys are waited for until the deadline, because they may still come.
   */
  waitForMessage(roomId: string, eventId: string): Promise<MessageState>;
  /** Resolves with whether the message came, readable or not, before the deadline. */
  waitForArrival(roomId: string, eventId: string): Promise<boolean>;
  /** What an event holds as it came, closed; undefined for events the device does not have or that are not encrypted. For counterexamples. */
  closedContentOf(roomId: string, eventId: string): Promise<ClosedContent | undefined>;
  /** Fetches so many earlier events of the room, as a person does who scrolls back. */
  fetchPast(roomId: string, count: number): Promise<void>;
  /** What the device makes of a message with the keys it has: waits for the message and one attempt, for no keys. */
  stateOf(roomId: string, eventId: string): Promise<MessageState>;
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
  /** Resolves as soon as it counts as verified; false at the deadline. */
  waitForTrust(userId: string): Promise<boolean>;
  /** Asks the person's own other devices to verify this one. */
  requestOwnVerification(): Promise<Verification>;
  /** Asks another person in a room to verify each other. */
  requestVerification(userId: string, roomId: string): Promise<Verification>;
  /** Resolves with what another device asked for and this one did not take up before; throws at the deadline. */
  waitForVerification(): Promise<Verification>;
  /** Whether the server names an identity of that person that vouches for devices. */
  knowsIdentityOf(userId: string): Promise<boolean>;
  /** Whether this device holds all three keys of its owner's identity, and the identity vouches for it. */
  isIdentityReady(): Promise<boolean>;
  /** Whether that device's owner has signed it with the identity this device knows. */
  isSignedByOwner(userId: string, deviceId: string): Promise<boolean>;
  /** Resolves as soon as it is signed; false at the deadline. */
  waitForSignature(userId: string, deviceId: string): Promise<boolean>;
  /** Replaces the text of a message; resolves with the id of the replacement. */
  edit(roomId: string, eventId: string, text: string): Promise<string>;
  replyInThread(roomId: string, rootId: string, text: string): Promise<string>;
  react(roomId: string, eventId: string, key: string): Promise<string>;
  /** Whether the device shows the message with that new text; false at the deadline. */
  waitForEdit(roomId: string, eventId: string, text: string): Promise<boolean>;
  /** Whether the device shows that reaction to the message; false at the deadline. */
  waitForReaction(roomId: string, eventId: string, key: string): Promise<boolean>;
  /** Encrypts and uploads a file and sends what opens it; resolves with the event id. */
  sendFile(roomId: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  /** Fetches the file of a message, waiting for the message; one that is not encrypted, too. */
  fetchFile(roomId: string, eventId: string): Promise<FetchedFile>;
  /** The same without a look at the checksum, so that also what was altered is opened; for counterexamples. */
  fetchFileUnchecked(roomId: string, eventId: string): Promise<FetchedFile>;
  /** The public key of the deployment's content scanner; undefined where there is none. */
  scannerKey(): Promise<string | undefined>;
  /** Fetches the file of a message through the content scanner, which gets the file's key closed for it alone. */
  scanFile(roomId: string, eventId: string): Promise<FetchedFile>;
  /** The same with the file's key open, as no device should; for counterexamples. */
  scanFileOpenly(roomId: string, eventId: string): Promise<FetchedFile>;
  /** Has the server wake this device through that gateway; `pushkey` is how the gateway calls it. */
  askForPushes(gatewayUrl: string, pushkey: string): Promise<void>;
  /** How many events the server finds that contain the word. */
  searchOnServer(word: string): Promise<number>;
  /** Encrypts and uploads both files and sends what opens them; resolves with the event id. */
  sendPicture(roomId: string, picture: Picture): Promise<string>;
  /** Fetches the small version of a picture, waiting for the message. */
  fetchThumbnail(roomId: string, eventId: string): Promise<FetchedFile>;
  /** Sends a place with a description. */
  sendLocation(roomId: string, description: string): Promise<string>;
  sendPoll(roomId: string, question: string): Promise<string>;
  /** Sends a recording, encrypted like a file, with what was said as text. */
  sendVoice(roomId: string, spoken: string, recording: Uint8Array<ArrayBuffer>): Promise<string>;
  /** A person writes a message and has not sent it: others are told that they write, never what. */
  draft(roomId: string, text: string): Promise<void>;
  /** Looks for messages with that word, on the device alone; their ids. */
  searchMessages(roomId: string, word: string): Promise<readonly string[]>;
  setTopic(roomId: string, topic: string): Promise<void>;
  /** What the device reads in an event, as JSON; undefined when it cannot be read, or at the deadline. */
  waitForContent(roomId: string, eventId: string): Promise<string | undefined>;
  /** Uploads bytes as they are, as it is done with pictures of rooms; resolves with their id in the media store. */
  uploadOpen(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  /** Looks up a room by its public name; whether there is one. */
  lookUpAlias(localPart: string): Promise<boolean>;
  /** Uploads a picture without encrypting its files and sends where they are; which no device should, for counterexamples. */
  sendPictureOpen(roomId: string, picture: Picture): Promise<string>;
  /** Sends past the encryption, which no device does by itself; for counterexamples. Resolves with the event id. */
  sendTextOpen(roomId: string, text: string): Promise<string>;
  /** Takes one of the keys the server hands out once for that device; undefined if it hands out none. */
  claimKey(userId: string, deviceId: string): Promise<ClaimedKey | undefined>;
  /** A key as a person would write it down; it opens nothing yet. */
  newRecoveryKey(): Promise<string>;
  /**
   * Puts the person's secrets into the server's keeping and begins a backup of the room keys.
   * Resolves with the recovery key when the keys the device has are in the backup.
   */
  setUpBackup(): Promise<string>;
  /** What a person does at a new device: types the recovery key, fetches the room keys. */
  restoreBackup(recoveryKey: string): Promise<Restoration>;
  /** The room keys this device has, open: for looking for them where they must not be. */
  exportRoomKeys(): Promise<readonly RoomKey[]>;
  /** Takes a room key whoever it is from; for counterexamples. */
  importRoomKey(key: ForwardedKey): Promise<void>;
  /** Only weak devices have it: takes a room key that another device has just told this one, which the library would not. */
  takeToldKey?(key: ForwardedKey): Promise<void>;
  /** Whether the device shows, in the course of the room and among its members, that this person joined. */
  showsJoinOf(roomId: string, userId: string): Promise<boolean>;
  /** Ids of those the device shows as joined. */
  membersOf(roomId: string): Promise<readonly string[]>;
  /** Resolves as soon as the device has the key of that session; false at the deadline. */
  waitForRoomKey(roomId: string, sessionId: string): Promise<boolean>;
  /** Asks the server past the library, in the person's name, as no device does by itself; for counterexamples. `path` follows the version. */
  askPastLibrary(method: 'POST' | 'PUT', path: string, body: object): Promise<unknown>;
  /** From now on this device takes it to be so much later; no other does. */
  moveClock(ms: number): void;
  /** Ends the program at once, as when the machine fails: nothing more is stored. */
  kill(): void;
  /** Begins a backup the person did not wish for, in place of every other; for attacks. Resolves with the key that opens it. */
  plantBackup(): Promise<string>;
  /** Looks at the backup the server names and resolves with its version if this device uses it. */
  backupInUse(): Promise<string | undefined>;
  /** The key of a backup that this device keeps; undefined if it has none. */
  heldBackupKey(): Promise<string | undefined>;
  /** Keeps this as the key of the backup the server names, whoever it is from; for counterexamples. */
  keepBackupKey(key: string): Promise<void>;
  /** Only weak devices have it: takes the key of a backup that another device has just told this one, which the library would not. */
  takeToldBackupKey?(key: string): Promise<void>;
  /** Resolves when the device has put all its room keys into a backup since it was opened; false at the deadline. */
  waitForUpload(): Promise<boolean>;
  /** The public keys others know this device by. */
  ownKeys(): Promise<DeviceKeys>;
  /** Sends a device any message, closed with Olm as room keys are; for attacks. This one must know that device from before. */
  sendClosed(to: DeviceAddress, type: string, content: object): Promise<void>;
  /** Sends no key to that device from now on, and says so. */
  blockDevice(userId: string, deviceId: string): Promise<void>;
  /** Gives the person a new identity in place of the one they have; needs the password of the account. */
  resetIdentity(): Promise<void>;
  /** Resolves as soon as the device shows that the person has another identity than it knew; false at the deadline. */
  waitForIdentityChange(userId: string): Promise<boolean>;
  /** Whether the device shows now that the person has another identity than it knew. */
  showsIdentityChange(userId: string): Promise<boolean>;
  /** The person accepts the other one's new identity, unverified. */
  acceptIdentity(userId: string): Promise<void>;
  /** Nothing is sent into rooms with somebody who was verified and no longer is. */
  refuseBrokenTrust(refuse: boolean): void;
  /** Like `sendText`, for a device that may refuse to. */
  sendUnlessRefused(roomId: string, text: string): Promise<Sending>;
  /** The private keys of the person's identity and backup, open: for looking for them where they must not be. */
  exportSecrets(): Promise<readonly Secret[]>;
  /** What a person does at a new device: types the recovery key, so that the device takes over the identity and is signed with it. False if it could not. */
  takeOverIdentity(recoveryKey: string): Promise<boolean>;
  /** What the server keeps for the person under this name, read from the server; undefined if there is nothing. */
  accountData(type: string): Promise<unknown>;
  /** Ends the session and removes what the device had stored; it is of no use after it. */
  signOut(): Promise<void>;
  /** Warnings of the library inside, without plaintext. */
  readonly warnings: readonly string[];
  readonly browser?: BrowserSide;
}
