/** Words of a path, among them namespaces and versions such as org.matrix.msc4140 and v3: no identifier of ours or of a server is one. */
const words = /^(?:[a-z_.-]|msc\d+|v\d+|r0)*$/;

/** A path the specification does not describe, the same in every run. */
export const pathWithoutData = (path: string): string =>
  path
    .split('/')
    .map((step) => (words.test(step) ? step : '*'))
    .join('/');
