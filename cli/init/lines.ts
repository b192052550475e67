import { createInterface, type Interface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';

/** The answers of whoever sits at the terminal or was piped in, line by line. */
export interface Lines extends Disposable {
  /** Nothing when the input has ended or was broken off. A secret is not shown while it is typed. */
  ask(prompt: string, options?: { readonly secret?: boolean }): Promise<string | undefined>;
  tell(line: string): void;
}

/** Lines that come before they are asked for are kept: piped answers arrive all at once. */
export function openLines(input: Readable & { readonly isTTY?: boolean }, output: Writable): Lines {
  const terminal = input.isTTY === true;
  let silent = false;
  const shown = new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      if (!silent) output.write(chunk);
      done();
    },
  });
  // Without history no arrow key brings a password back.
  const reader = createInterface({
    input,
    output: shown,
    terminal,
    historySize: 0,
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  // Lines that were read before the input ended are still there to be taken.
  let closed = false;
  reader.on('close', () => {
    closed = true;
  });
  reader.on('SIGINT', () => reader.close());
  const lines = reader[Symbol.asyncIterator]();
  return {
    ask: async (prompt, { secret = false } = {}) => {
      if (closed) shown.write(prompt);
      else promptAt(reader, prompt);
      silent = secret;
      const { value, done } = await lines.next();
      silent = false;
      if (secret || !terminal || done) output.write('\n');
      return done ? undefined : value;
    },
    tell: (line) => void output.write(`${line}\n`),
    [Symbol.dispose]: () => reader.close(),
  };
}

function promptAt(reader: Interface, prompt: string): void {
  reader.setPrompt(prompt);
  reader.prompt();
}
