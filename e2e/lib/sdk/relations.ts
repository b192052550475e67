import { EventType, type MatrixClient, MsgType, RelationType } from 'matrix-js-sdk';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';
import { textOf } from './message-state.ts';

type RelationMethods = Pick<CryptoDevice, 'edit' | 'replyInThread' | 'react' | 'waitForEdit' | 'waitForReaction'>;

interface RelationTools extends DeviceTools {
  /** Keeps a text out of the device's log. */
  hide(text: string): void;
}

/** Events that belong to another one. */
export function relationsOf(client: MatrixClient, { call, wait, hide }: RelationTools): RelationMethods {
  const eventOf = (roomId: string, eventId: string) => client.getRoom(roomId)?.findEventById(eventId);
  return {
    edit: async (roomId, eventId, text) => {
      hide(text);
      const { event_id: id } = await call('send m.replace', () =>
        client.sendMessage(roomId, {
          msgtype: MsgType.Text,
          body: `* ${text}`,
          'm.new_content': { msgtype: MsgType.Text, body: text },
          'm.relates_to': { rel_type: RelationType.Replace, event_id: eventId },
        }),
      );
      return id;
    },
    replyInThread: async (roomId, rootId, text) => {
      hide(text);
      const { event_id: id } = await call('send m.thread', () =>
        client.sendMessage(roomId, {
          msgtype: MsgType.Text,
          body: text,
          'm.relates_to': { rel_type: RelationType.Thread, event_id: rootId },
        }),
      );
      return id;
    },
    react: async (roomId, eventId, key) => {
      const { event_id: id } = await call('send m.reaction', () =>
        client.sendEvent(roomId, EventType.Reaction, {
          'm.relates_to': { rel_type: RelationType.Annotation, event_id: eventId, key },
        }),
      );
      return id;
    },
    waitForEdit: async (roomId, eventId, text) => {
      const isSeen = () => {
        const event = eventOf(roomId, eventId);
        return (event?.replacingEvent() && textOf(event) === text) || undefined;
      };
      return (await wait(isSeen)) ?? false;
    },
    waitForReaction: async (roomId, eventId, key) => {
      const isSeen = () => {
        const relations = client
          .getRoom(roomId)
          ?.relations.getChildEventsForEvent(eventId, RelationType.Annotation, EventType.Reaction);
        return relations?.getRelations().some((event) => event.getRelation()?.key === key) || undefined;
      };
      return (await wait(isSeen)) ?? false;
    },
  };
}
