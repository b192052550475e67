/** What a scenario may let one person do. Times are milliseconds since measuring began; arrivals lie before it. */
export interface VirtualUser {
  readonly index: number;
  /** When this person opens the messenger; negative. */
  readonly arrivalMs: number;
  /** What this person will send, in order, decided before the run. */
  readonly messages: readonly OwnMessage[];
  /** Resolves at that time, at once when it is past. */
  until(atMs: number): Promise<void>;
  /** First synchronisation, then long polls in the background; resolves when online or when the run is over. */
  goOnline(): Promise<void>;
  /** Queues the message behind earlier ones of its room, as clients do, and returns; latency counts from `atMs`. */
  send(message: OwnMessage): void;
  /** Resolves when everything sent was answered and everything expected was seen, or the time for it is over. */
  drain(): Promise<void>;
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
