/** The decoded values of a template's parameters in a path that fits it. */
export function pathParameters(template: string, path: string): Readonly<Record<string, string>> {
  const segments = path.split('/');
  const pairs = template.split('/').flatMap((expected, index) => {
    const segment = segments[index];
    const isParameter = expected.startsWith('{') && expected.endsWith('}');
    return isParameter && segment !== undefined ? [[expected.slice(1, -1), decoded(segment)] as const] : [];
  });
  return Object.fromEntries(pairs);
}

// Checks also ask for paths that are no proper ones.
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
