/** How a browser is told to treat a file: shown in place or saved, and under which name (RFC 6266). */
export interface Disposition {
  readonly kind: string;
  readonly filename: string | undefined;
}

export function dispositionOf(header: string | undefined): Disposition | undefined {
  if (header === undefined) return undefined;
  const [kind = ''] = header.split(';', 1);
  return { kind: kind.trim().toLowerCase(), filename: extendedName(header) ?? plainName(header) };
}

/** `filename*` names its character set and counts before `filename` (RFC 8187). */
function extendedName(header: string): string | undefined {
  const value = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header)?.[1];
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

function plainName(header: string): string | undefined {
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/i.exec(header) ?? [];
  return quoted === undefined ? token : quoted.replaceAll(/\\(.)/g, '$1');
}
