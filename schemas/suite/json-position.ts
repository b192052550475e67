const token = /\s*([{}[\],:]|"(?:[^"\\\p{Cc}]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/uy;

/** Where JSON text stops making sense, without quoting it: engines quote the text, which may hold secrets. */
export function placeOfJsonError(text: string, error: SyntaxError): string {
  const named = /\(line (\d+) column (\d+)\)/.exec(error.message);
  if (named !== null) return `line ${named[1]}, column ${named[2]}`;
  const before = text.slice(0, offsetOfError(text)).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

// The first thing that is no token, or a bracket that closes right after a comma; else the end of the text.
function offsetOfError(text: string): number {
  let offset = 0;
  let previous = '';
  while (text.slice(offset).trim() !== '') {
    token.lastIndex = offset;
    const found = token.exec(text)?.[1];
    const start = offset + text.slice(offset).search(/\S/);
    if (found === undefined || (previous === ',' && /[\]},]/.test(found))) return start;
    previous = found;
    offset = token.lastIndex;
  }
  return text.length;
}
