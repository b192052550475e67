/** The oldest Node that npm ci and these first steps need; everything after runs on the Node 24 that npm ci brings. */
export const oldestNode = 20;

/**
 * What speaks against this machine, or undefined.
 * @param {{ platform: string, arch: string, nodeVersion: string }} machine
 * @returns {{ en: string, de: string } | undefined}
 */
export function machineProblem({ platform, arch, nodeVersion }) {
  if (platform !== 'linux' || !['x64', 'arm64'].includes(arch)) {
    return {
      en: `this machine is ${platform} ${arch}; Prüfstand runs on linux x64 or arm64 (Debian 12 or similar)`,
      de: `Diese Maschine ist ${platform} ${arch}; der Prüfstand läuft auf linux x64 oder arm64 (Debian 12 oder ähnlich).`,
    };
  }
  if (Number.parseInt(nodeVersion, 10) < oldestNode) {
    return {
      en: `Node ${nodeVersion} is too old; install Node ${oldestNode} or newer (Node 24 for the bench itself comes by npm ci)`,
      de: `Node ${nodeVersion} ist zu alt; nötig ist Node ${oldestNode} oder neuer (Node 24 für den Prüfstand selbst bringt npm ci mit).`,
    };
  }
  return undefined;
}
