import type { HttpAnswer, HttpRequest, HttpSend } from '../../../core/http/http.ts';
import { objectOrNothing } from '../../accounts/matrix-call.ts';
import type { Ledger } from '../../ledger.ts';
import type { Connection } from './connection.ts';

const entersRoom = /\/_matrix\/client\/[^/]+\/(createRoom|join\/[^/?]+|rooms\/[^/?]+\/join)(\?|$)/;

const logsIn = /\/_matrix\/client\/[^/]+\/login(\?|$)/;

/** Sends and writes down every room the answer says somebody is now in, and every device that an account of ours got. */
export function createNotingSend(
  send: HttpSend,
  ledger: Ledger,
  ours: ReadonlySet<string>,
): Pick<Connection, 'send' | 'know'> {
  const people = new Map<string, string>();
  return {
    know: (accessToken, userId) => void people.set(accessToken, userId),
    send: async (request) => {
      const answer = await send(request);
      const userId = people.get(tokenOf(request));
      const roomId = answer.status === 200 && entersRoom.test(request.url) ? roomIn(answer) : undefined;
      if (userId !== undefined && roomId !== undefined) ledger.made({ kind: 'room', userId, roomId });
      const device = answer.status === 200 && logsIn.test(request.url) ? deviceIn(answer) : undefined;
      if (device !== undefined && ours.has(device.userId)) ledger.made({ kind: 'session', ...device });
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

function deviceIn(answer: HttpAnswer): { readonly userId: string; readonly deviceId: string } | undefined {
  const { user_id: userId, device_id: deviceId } = objectOrNothing(answer) ?? {};
  return typeof userId === 'string' && typeof deviceId === 'string' ? { userId, deviceId } : undefined;
}
