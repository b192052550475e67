import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** What a container writes: all of it in a file on this machine, the end of it at hand. */
export interface ContainerLog {
  take(stream: Readable): void;
  /** For the message when it did not become ready. */
  lastLines(): string;
}

const kept = 15;

export function createContainerLog(file: string): ContainerLog {
  const lines: string[] = [];
  return {
    take: (stream) => {
      stream.pipe(createWriteStream(file, { flags: 'a' }));
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line.trimEnd());
        if (lines.length > kept) lines.shift();
      });
    },
    lastLines: () => lines.join('\n'),
  };
}
