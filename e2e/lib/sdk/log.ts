import { type BaseLogger, logger as globalLogger, type Logger } from 'matrix-js-sdk/lib/logger.js';

export interface SdkLog {
  readonly logger: Logger;
  /** Warnings and errors, without any text that was to be hidden. */
  readonly lines: readonly string[];
  /** Keeps what people write out of the lines. */
  hide(text: string): void;
}

const maxLines = 500;
const maxCharacters = 400;

/** The library's log of one device: warnings are kept as evidence; everything goes to `echo`, if there is one, and to no other console. */
export function createSdkLog(echo?: BaseLogger): SdkLog {
  const lines: string[] = [];
  const hidden = new Set<string>();
  const keep = (level: string, prefix: string, parts: readonly unknown[]) => {
    if (lines.length >= maxLines) return;
    let line = `${level} ${prefix}${parts.map(wordsOf).join(' ')}`;
    for (const text of hidden) line = line.replaceAll(text, '«text»');
    lines.push(line.replace(/(access_token|Bearer)[= ]\S+/g, '$1 «secret»').slice(0, maxCharacters));
  };
  return { logger: loggerFor('', keep, echo), lines, hide: (text) => hidden.add(text) };
}

type Keep = (level: string, prefix: string, parts: readonly unknown[]) => void;

function loggerFor(prefix: string, keep: Keep, echo?: BaseLogger): Logger {
  return {
    trace: () => {},
    debug: (...parts) => echo?.debug(prefix, ...parts),
    info: (...parts) => echo?.info(prefix, ...parts),
    warn: (...parts) => {
      keep('warning', prefix, parts);
      echo?.warn(prefix, ...parts);
    },
    error: (...parts) => {
      keep('error', prefix, parts);
      echo?.error(prefix, ...parts);
    },
    getChild: (namespace) => loggerFor(`${prefix}${namespace} `, keep, echo),
  };
}

/** Objects may hold message content: only their kind is told. */
function wordsOf(part: unknown): string {
  if (part instanceof Error) return `${part.name}: ${part.message}`;
  return part !== null && typeof part === 'object' ? '«object»' : String(part);
}

/** Parts of the library log past the client's own logger; its type does not tell how to switch that one off. */
export function silenceGlobalLog(): void {
  const log: object = globalLogger;
  if (!('rebuild' in log) || typeof log.rebuild !== 'function') return;
  // Children are made on the way and copy the factory of their parent.
  Object.assign(log, { methodFactory: () => () => {} });
  log.rebuild();
}
