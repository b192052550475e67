import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { listening } from './listening.ts';

export interface SmtpSink extends AsyncDisposable {
  readonly port: number;
}

/** Takes every message (RFC 5321) that a homeserver of this machine hands over; no login, no encryption, no refusal. */
export async function openSmtpSink(port: number, deliver: (message: string) => Promise<void>): Promise<SmtpSink> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // A sender that hangs up has nothing more to say.
    socket.on('error', () => {});
    void converse(socket, deliver);
  });
  const address = await listening(server, port);
  return {
    port: Number(address.split(':').at(-1)),
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

async function converse(socket: Socket, deliver: (message: string) => Promise<void>): Promise<void> {
  const replyTo = createDialogue(deliver);
  socket.write('220 pruefstand\r\n');
  for await (const line of createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })) {
    const reply = await replyTo(line);
    if (reply !== undefined) socket.write(`${reply}\r\n`);
    if (reply === replies['QUIT']) socket.end();
  }
}

const replies: Readonly<Record<string, string>> = { DATA: '354 end with a dot', QUIT: '221 bye' };

/** Answers one line after another; lines of a message get no answer. */
function createDialogue(deliver: (message: string) => Promise<void>): (line: string) => Promise<string | undefined> {
  let message: string[] | undefined;
  const command = (line: string): string => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'DATA') message = [];
    return replies[verb] ?? '250 ok';
  };
  return async (line) => {
    if (message === undefined) return command(line);
    if (line !== '.') {
      // The sender doubles a dot at the beginning of a line.
      message.push(line.startsWith('.') ? line.slice(1) : line);
      return undefined;
    }
    await deliver(message.join('\r\n'));
    message = undefined;
    return '250 taken';
  };
}
