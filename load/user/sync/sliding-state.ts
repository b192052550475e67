/** The two connections of a sliding-sync client. */
export interface SlidingState {
  roomListPos: string | undefined;
  encryptionPos: string | undefined;
  /** Where the to-device messages were read up to. */
  toDeviceSince: string | undefined;
  /** Rooms of the list that are asked for, and how many there are. */
  window: number;
  rooms: number | undefined;
  /** Opened rooms, which are followed more closely. */
  readonly subscribed: string[];
}

/** What Element X begins with. */
export const firstWindow = 20;
/** By how much it widens its window until it has every room. */
export const windowStep = 100;

export function createSlidingState(): SlidingState {
  return {
    roomListPos: undefined,
    encryptionPos: undefined,
    toDeviceSince: undefined,
    window: firstWindow,
    rooms: undefined,
    subscribed: [],
  };
}

/** The list is whole: from now on its polls wait for news. */
export const hasAllRooms = ({ rooms, window }: SlidingState): boolean => rooms !== undefined && window >= rooms;
