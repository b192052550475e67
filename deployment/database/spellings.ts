/** How a word may stand in a row of a dump: plain, escaped as JSON (and that escaped once more by COPY), in bytes as hexadecimal digits. */
export function spellings(word: string): readonly string[] {
  const json = JSON.stringify(word).slice(1, -1);
  const ascii = [...json].map((character) => (character > '\u007e' ? escaped(character) : character)).join('');
  const texts = [word, json, ascii].map(copyEscaped);
  return [...new Set([...texts, Buffer.from(word, 'utf8').toString('hex')])];
}

/** As Python writes JSON: everything beyond ASCII as UTF-16 escapes. */
const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

const copyEscaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
