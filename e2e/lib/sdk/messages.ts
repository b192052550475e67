import { EventType, type MatrixClient, type TimelineEvents } from 'matrix-js-sdk';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';
import { isSettled, isTried, stateOfMessage, textOf } from './message-state.ts';

type MessageMethods = Pick<
  CryptoDevice,
  | 'sendText'
  | 'sendContent'
  | 'waitForArrival'
  | 'waitForMessage'
  | 'stateOf'
  | 'closedContentOf'
  | 'fetchPast'
  | 'waitForText'
>;

interface MessageTools extends DeviceTools {
  /** Keeps a text out of the device's log. */
  hide(text: string): void;
}

export function messagesOf(client: MatrixClient, { call, wait, hide }: MessageTools): MessageMethods {
  const stateOf = (roomId: string, eventId: string) => stateOfMessage(client.getRoom(roomId)?.findEventById(eventId));
  return {
    sendText: async (roomId, text) => {
      hide(text);
      const { event_id: eventId } = await call('send', () => client.sendTextMessage(roomId, text));
      return eventId;
    },
    sendContent: async (roomId, content) => {
      const message = { ...content } as TimelineEvents[EventType.RoomMessage];
      const { event_id: eventId } = await call('send', () => client.sendEvent(roomId, EventType.RoomMessage, message));
      return eventId;
    },
    waitForArrival: async (roomId, eventId) => {
      const event = await wait(() => client.getRoom(roomId)?.findEventById(eventId));
      return event !== undefined;
    },
    waitForMessage: async (roomId, eventId) => {
      const settled = await wait(() => [stateOf(roomId, eventId)].find(isSettled));
      return settled ?? stateOf(roomId, eventId);
    },
    stateOf: async (roomId, eventId) => {
      const tried = await wait(() => [stateOf(roomId, eventId)].find(isTried));
      return tried ?? stateOf(roomId, eventId);
    },
    closedContentOf: async (roomId, eventId) => {
      const { session_id: sessionId, ciphertext } =
        client.getRoom(roomId)?.findEventById(eventId)?.getWireContent() ?? {};
      return typeof sessionId === 'string' && typeof ciphertext === 'string' ? { sessionId, ciphertext } : undefined;
    },
    fetchPast: async (roomId, count) => {
      const room = client.getRoom(roomId);
      if (room !== null) await call('messages', () => client.scrollback(room, count));
    },
    waitForText: (roomId, text) => {
      hide(text);
      return wait(() => {
        const events = client.getRoom(roomId)?.getLiveTimeline().getEvents() ?? [];
        return events.find((event) => textOf(event) === text)?.getSender();
      });
    },
  };
}
