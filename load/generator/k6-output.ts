import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type LoadRecord, recordPrefix } from '../scenarios/load-record.ts';

/** Of k6's own messages the last ones. */
const keptMessages = 50;

/** Our records of what k6 writes; all other lines are its own messages. Resolves when it has ended. */
export async function readRecords(
  stream: Readable,
  onRecord: (record: LoadRecord) => void,
  onStart: () => void,
  messages: string[],
): Promise<void> {
  for await (const line of createInterface({ input: stream })) {
    if (!line.startsWith(recordPrefix)) {
      keep(messages, line);
      continue;
    }
    const record = recordIn(line.slice(recordPrefix.length));
    if (record === undefined) keep(messages, 'A record was cut off.');
    else {
      if (record.type === 'start') onStart();
      onRecord(record);
    }
  }
}

/** The last line of a process that was killed while it wrote is no JSON. */
function recordIn(text: string): LoadRecord | undefined {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

export async function keepMessages(stream: Readable, messages: string[]): Promise<void> {
  for await (const line of createInterface({ input: stream })) keep(messages, line);
}

function keep(messages: string[], line: string): void {
  if (line.trim() === '' || messages.at(-1) === line) return;
  messages.push(line);
  if (messages.length > keptMessages) messages.shift();
}
