import { valueAtPointer } from './json-pointer.ts';
import type { Problem } from './problem-lines.ts';

/** Of the shapes an anyOf or oneOf offers: the problems of the one that came closest, and those of all. */
export function nearestShape(
  choice: Problem,
  earlier: readonly Problem[],
  root: object,
): { nearest: readonly Problem[]; all: readonly Problem[] } {
  const shapes = Array.isArray(choice.schema) ? choice.schema : [];
  const within = earlier.filter(
    ({ pointer }) => pointer === choice.pointer || pointer.startsWith(`${choice.pointer}/`),
  );
  const groups = shapes.map((shape) => {
    const members = reachableSchemas(shape, root);
    return within.filter(({ parentSchema }) => members.has(parentSchema));
  });
  const ranked = groups
    .filter((group) => group.length > 0)
    .sort((a, b) => distance(a, choice.pointer) - distance(b, choice.pointer));
  return { nearest: ranked[0] ?? [], all: groups.flat() };
}

// A shape of another type or with another fixed value was not meant; after that the fewest problems win.
function distance(group: readonly Problem[], pointer: string): number {
  const isOtherType = group.some((problem) => problem.keyword === 'type' && problem.pointer === pointer);
  const isOtherKind = group.some(({ keyword }) => keyword === 'enum' || keyword === 'const');
  return group.length + (isOtherType ? 10_000 : 0) + (isOtherKind ? 1_000 : 0);
}

function reachableSchemas(start: unknown, root: object): Set<unknown> {
  const seen = new Set<unknown>();
  const queue = [start];
  for (const node of queue) {
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    queue.push(...Object.values(node));
    if ('$ref' in node && typeof node.$ref === 'string') queue.push(valueAtPointer(root, node.$ref.replace('#', '')));
  }
  return seen;
}
