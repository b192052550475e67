import { EventType, type MatrixClient, MatrixError, Method, MsgType, type TimelineEvents } from 'matrix-js-sdk';
import type { CryptoDevice } from '../crypto-device.ts';
import type { DeviceTools } from './device.ts';
import { isSettled, stateOfMessage, textOf } from './message-state.ts';

type ContentMethods = Pick<
  CryptoDevice,
  | 'sendLocation'
  | 'sendPoll'
  | 'draft'
  | 'searchMessages'
  | 'setTopic'
  | 'waitForContent'
  | 'lookUpAlias'
  | 'sendTextOpen'
>;

interface ContentTools extends DeviceTools {
  /** Keeps a text out of the device's log. */
  hide(text: string): void;
}

/** What people put into a room beside plain messages, and what they do without sending. */
export function contentsOf(client: MatrixClient, { call, wait, hide }: ContentTools): ContentMethods {
  const eventOf = (roomId: string, eventId: string) => client.getRoom(roomId)?.findEventById(eventId);
  const hidden = (text: string) => {
    hide(text);
    return text;
  };
  return {
    sendLocation: async (roomId, description) => {
      const described = { 'org.matrix.msc3488.location': { description: hidden(description) } };
      const place = { geo_uri: 'geo:52.52,13.405', info: {}, ...described };
      const content = { msgtype: MsgType.Location as const, body: description, ...place };
      return (await call('send m.location', () => client.sendMessage(roomId, content))).event_id;
    },
    sendPoll: async (roomId, question) => {
      const content = pollAsking(hidden(question)) as unknown as TimelineEvents['org.matrix.msc3381.poll.start'];
      const send = () => client.sendEvent(roomId, 'org.matrix.msc3381.poll.start', content);
      return (await call('send poll.start', send)).event_id;
    },
    draft: async (roomId, text) => {
      hide(text);
      await call('typing', () => client.sendTyping(roomId, true, 5_000));
    },
    searchMessages: async (roomId, word) => {
      hide(word);
      const events = client.getRoom(roomId)?.getLiveTimeline().getEvents() ?? [];
      return events.flatMap((event) => (textOf(event)?.includes(word) ? [event.getId() ?? ''] : []));
    },
    setTopic: async (roomId, topic) => void (await call('PUT m.room.topic', () => client.setRoomTopic(roomId, topic))),
    waitForContent: (roomId, eventId) =>
      wait(() => {
        const event = eventOf(roomId, eventId);
        const state = stateOfMessage(event);
        if (!isSettled(state) || state.kind === 'undecryptable') return undefined;
        return JSON.stringify(event?.getContent());
      }),
    lookUpAlias: async (localPart) => {
      const [, serverName] = client.getSafeUserId().split(/:(.*)/s);
      const lookUp = () => client.getRoomIdForAlias(`#${localPart}:${serverName}`).then(() => true, unknown);
      return call('directory/room', lookUp);
    },
    sendTextOpen: async (roomId, text) => {
      const path = `/rooms/${encodeURIComponent(roomId)}/send/${EventType.RoomMessage}/open${client.makeTxnId()}`;
      const content = { msgtype: MsgType.Text, body: hidden(text) };
      const send = () => client.http.authedRequest<{ event_id: string }>(Method.Put, path, undefined, content);
      return (await call('send m.room.message', send)).event_id;
    },
  };
}

/** As clients send it today, by MSC3381. */
const pollAsking = (question: string) => ({
  'org.matrix.msc3381.poll.start': {
    kind: 'org.matrix.msc3381.poll.disclosed',
    max_selections: 1,
    question: { 'org.matrix.msc1767.text': question, body: question, msgtype: MsgType.Text },
    answers: [
      { id: 'ja', 'org.matrix.msc1767.text': 'Ja' },
      { id: 'nein', 'org.matrix.msc1767.text': 'Nein' },
    ],
  },
  'org.matrix.msc1767.text': question,
});

function unknown(thrown: unknown): false {
  if (thrown instanceof MatrixError && thrown.httpStatus === 404) return false;
  throw thrown;
}
