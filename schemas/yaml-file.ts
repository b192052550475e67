import { parse } from 'yaml';
import { UsageError } from '../core/model/usage-error.ts';

/** The value of a YAML text; throws UsageError naming the file where it is none. */
export function parseYaml(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(
      { de: `${path}: kein lesbares YAML: ${reason}`, en: `${path}: not readable as YAML: ${reason}` },
      { cause },
    );
  }
}
