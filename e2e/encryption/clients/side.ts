import type { ClientDevice } from '../../lib/client-device.ts';
import type { CryptoDevice, Verification } from '../../lib/crypto-device.ts';

export interface SharedRoom {
  readonly id: string;
  readonly name: string;
}

/** One of two people who use different programs, whatever theirs is. */
export interface Side {
  readonly person: string;
  readonly userId: string;
  /** What the person uses, for reports. */
  readonly program: string;
  /** Takes up an invitation; the room is open afterwards. */
  join(room: SharedRoom): Promise<void>;
  send(room: SharedRoom, text: string): Promise<void>;
  /** Whether a readable message with this text arrives. */
  reads(room: SharedRoom, text: string): Promise<boolean>;
  /** Absent where the program offers no comparison of emojis. */
  readonly comparing?: Comparing;
}

/** How a person compares emojis with another. */
export interface Comparing {
  ask(room: SharedRoom, userId: string): Promise<void>;
  /** Agrees to what the other person asked for. */
  accept(): Promise<void>;
  start(): Promise<void>;
  emojis(): Promise<string | undefined>;
  confirm(): Promise<void>;
  /** Whether the program says that it succeeded. */
  succeeds(): Promise<boolean>;
}

export function sideOfDevice(device: CryptoDevice, program = 'Knotengerät (matrix-js-sdk)'): Side {
  let current: Verification | undefined;
  const open = () => {
    if (current === undefined) throw new Error('nobody asked for a verification yet');
    return current;
  };
  return {
    person: device.person,
    userId: device.userId,
    program,
    join: (room) => device.joinRoom(room.id),
    send: async (room, text) => void (await device.sendText(room.id, text)),
    reads: async (room, text) => (await device.waitForText(room.id, text)) !== undefined,
    comparing: {
      ask: async (room, userId) => {
        current = await device.requestVerification(userId, room.id);
      },
      accept: async () => {
        current = await device.waitForVerification();
        await current.accept();
      },
      start: async () => {
        await open().waitUntilReady();
        await open().startEmojis();
      },
      emojis: () => open().waitForEmojis(),
      confirm: () => open().confirm(),
      succeeds: async () => (await open().waitForEnd()).kind === 'done',
    },
  };
}

export function sideOfClient(client: ClientDevice): Side {
  const { person, userId, verification } = client;
  const comparing: Comparing | undefined = verification && {
    ask: (_room, other) => verification.ask(other),
    accept: verification.accept,
    start: verification.startEmojis,
    emojis: verification.readEmojis,
    confirm: verification.confirm,
    succeeds: async () => {
      await verification.waitForSuccess();
      return true;
    },
  };
  return {
    person,
    userId,
    program: client.client,
    join: (room) => client.acceptInvitation(room.name),
    send: (_room, text) => client.sendText(text),
    reads: (_room, text) => client.waitForText(text),
    ...(comparing && { comparing }),
  };
}
