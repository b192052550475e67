/**
 * What a scenario may let one person do. Times are milliseconds since measuring began; arrivals lie before it. Actions
 * resolve when they were answered or given up and never reject; who does not await them acts in parallel. `atMs` is when the
 * person meant to act: latency counts from it and from the actual time; default is now. Rooms are places in the user's list.
 * All cryptography is shape only: right requests and sizes, and nobody can decrypt it.
 */
export interface VirtualUser extends Choices, Presence, Rooms, Searching, Keys {
  readonly index: number;
  /** When this person opens the messenger; negative. */
  readonly arrivalMs: number;
  /** How long is measured. */
  readonly durationMs: number;
  /** How many people there are. */
  readonly people: number;
  /** How many rooms this person is in. */
  readonly rooms: number;
  /** What this person will send, in order, decided before the run. */
  readonly messages: readonly OwnMessage[];
  /** Resolves at that time, at once when it is past. */
  until(atMs: number): Promise<void>;
  /**
   * The last thing a person does: from here on everything begun is answered and everything expected is seen, or the time
   * for it is over. Resolves at once, because thousands who wait here would cost more than their polls.
   */
  drain(): Promise<void>;
}

/** Seeded: the same run, person and name give the same. */
export interface Choices {
  /** 0 ≤ x < 1. */
  draw(name: string): number;
  /** Times within measuring, with exponential gaps of that mean. */
  moments(name: string, meanGapMs: number): readonly number[];
}

export interface Presence {
  /** First or catch-up synchronisation, then long polls in the background; resolves when online or when the run is over. */
  goOnline(how?: GoOnline): Promise<void>;
  /** The app is closed: what its open poll still brings is not looked at. */
  goOffline(): void;
  /** A new device, offline at first, where the run prepared credentials; else nothing happens and false is returned. */
  signIn(atMs?: number): Promise<boolean>;
  signOut(atMs?: number): Promise<void>;
  /** The access token is renewed, where the sign-in gave a refresh token; also happens by itself when it expires. */
  refreshToken(): Promise<void>;
  setPresence(presence: 'online' | 'unavailable', atMs?: number): Promise<void>;
  registerPusher(gatewayUrl: string, atMs?: number): Promise<void>;
}

export interface GoOnline {
  /** Default: drawn by the scenario's share of sliding sync. */
  readonly sync?: SyncKind;
  /** What a client waits for news; default 30 s. */
  readonly pollMs?: number;
  /** The cache is lost: all over again, without the position of earlier. */
  readonly fresh?: boolean;
  /** When the person opened the messenger. */
  readonly atMs?: number;
}

/** Sync of the specification, or simplified sliding sync (MSC4186) with its two connections. */
export type SyncKind = 'v2' | 'sliding';

export interface Rooms {
  /** Queues the message behind earlier ones of its room, as clients do, and returns; latency counts from its `atMs`. */
  send(message: OwnMessage): void;
  /** Uploads a file and sends it as that message; size drawn when absent. */
  attach(message: OwnMessage, bytes?: number): Promise<void>;
  /** Downloads the newest file that came in; nothing happens when there was none. */
  openAttachment(atMs?: number): Promise<void>;
  /** Members at the first time, surroundings of the newest event, newest messages. */
  openRoom(room: number, atMs?: number): Promise<void>;
  /** Everything up to the newest event; while one receipt is under way, later ones become one. */
  read(room: number, atMs?: number): Promise<void>;
  /** Shows others that this person writes, renewed as long as it lasts. */
  type(room: number, forMs: number, atMs?: number): Promise<void>;
  /** To the newest event of the room. */
  react(room: number, atMs?: number): Promise<void>;
  /** This person's newest message of the room. */
  edit(room: number, atMs?: number): Promise<void>;
  /** Pages of the past until so many events were seen; each page is a sample. */
  scrollBack(room: number, events: number, atMs?: number): Promise<void>;
  /** Answers below the newest event, and the room's list of threads. */
  openThread(room: number, atMs?: number): Promise<void>;
  /** Messages nobody counts, one after another, so that there is a past. */
  leaveHistory(room: number, messages: number): Promise<void>;
  joinRoom(room: number, atMs?: number): Promise<void>;
}

export interface Searching {
  /** The directory of people; the term is a part of a colleague's name. */
  searchPeople(atMs?: number): Promise<void>;
  /** The list of public rooms. */
  searchRooms(atMs?: number): Promise<void>;
  /** Full text in the own rooms. */
  searchMessages(atMs?: number): Promise<void>;
  /** The rooms of a space. */
  browseSpace(room: number, atMs?: number): Promise<void>;
  viewProfile(atMs?: number): Promise<void>;
}

export interface Keys {
  /** Device keys and a first stock of one-time keys; from then on the device refills, and follows the devices of others. */
  setUpKeys(atMs?: number): Promise<void>;
  /** One-time keys up to the full stock. */
  refillKeys(atMs?: number): Promise<void>;
  /** A new room key to every device of the room: who is there, which devices, one-time keys, to-device messages. */
  rotateKeys(room: number, atMs?: number): Promise<void>;
  /** So many room keys into the key backup, which is made with secret storage when there is none. */
  backUpKeys(sessions: number, atMs?: number): Promise<void>;
  /** What a replaced device does: secret storage, the whole backup, keys of its own. */
  restoreKeys(atMs?: number): Promise<void>;
}

export interface OwnMessage {
  /** Intended time. */
  readonly atMs: number;
  /** Place in the user's list of rooms. */
  readonly room: number;
  /** Counts from 0 for each sender and room. */
  readonly sequence: number;
  readonly ciphertextCharacters: number;
}
