import { isJsonObject } from './json.ts';

export function escapePointerStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The value at a pointer (RFC 6901, also in its percent-encoded fragment form), undefined when there is none. */
export function valueAtPointer(root: unknown, pointer: string): unknown {
  const steps = pointer.split('/').slice(1).map(unescapeStep);
  return steps.reduce<unknown>((node, step) => {
    if (Array.isArray(node)) return node[Number(step)];
    return isJsonObject(node) && Object.hasOwn(node, step) ? node[step] : undefined;
  }, root);
}

function unescapeStep(step: string): string {
  return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
}
