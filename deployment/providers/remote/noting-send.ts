import type { HttpAnswer, HttpRequest, HttpSend } from '../../../core/http/http.ts';
import type { Ledger } from '../../ledger.ts';
import type { Connection } from './connection.ts';

const entersRoom = /\/_matrix\/client\/[^/]+\/(createRoom|join\/[^/?]+|rooms\/[^/?]+\/join)(\?|$)/;

/** Sends and writes down every room the answer says somebody is now in. */
export function createNotingSend(send: HttpSend, ledger: Ledger): Pick<Connection, 'send' | 'know'> {
  const people = new Map<string, string>();
  return {
    know: (accessToken, userId) => void people.set(accessToken, userId),
    send: async (request) => {
      const answer = await send(request);
      const userId = people.get(tokenOf(request));
      const roomId = answer.status === 200 && entersRoom.test(request.url) ? roomIn(answer) : undefined;
      if (userId !== undefined && roomId !== undefined) ledger.made({ kind: 'room', userId, roomId });
      return answer;
    },
  };
}

function tokenOf(request: HttpRequest): string {
  const header = Object.entries(request.headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return header?.replace(/^Bearer\s+/i, '') ?? '';
}

function roomIn(answer: HttpAnswer): string | undefined {
  return /"room_id"\s*:\s*"([^"]+)"/.exec(answer.text())?.[1];
}
