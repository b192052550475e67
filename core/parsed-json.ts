/** Undefined for a text that is no JSON, such as the error page of a web server, or nested beyond all reason. */
export function parsedJson(text: string): unknown {
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

/** Far deeper than anything Matrix answers; whoever walks through a value may do so recursively. */
const deepest = 1_000;

const steps: Readonly<Record<string, number>> = { '[': 1, '{': 1, ']': -1, '}': -1 };

function isTooDeep(text: string): boolean {
  if (text.length <= deepest) return false;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '"') index = endOfString(text, index);
    else depth += steps[character] ?? 0;
    if (depth > deepest) return true;
  }
  return false;
}

/** Place of the closing quotation mark, or of the end. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    if (!isEscaped(text, end)) return end;
  }
  return text.length;
}

/** An odd number of backslashes before it. */
function isEscaped(text: string, index: number): boolean {
  let first = index;
  while (text.charAt(first - 1) === '\\') first -= 1;
  return (index - first) % 2 === 1;
}
