import { readFile, writeFile } from 'node:fs/promises';
import { getCACertificates } from 'node:tls';

/**
 * Go takes the authorities it trusts from one file only, so the target's own are put beside the system's and those
 * this machine was told to trust.
 */
export async function writeTrustFile(path: string, targetAuthorities: string | undefined): Promise<void> {
  const own = targetAuthorities === undefined ? [] : [await readFile(targetAuthorities, 'utf8')];
  const all = new Set([...getCACertificates('default'), ...getCACertificates('system'), ...own]);
  await writeFile(path, `${[...all].map((certificate) => certificate.trim()).join('\n')}\n`);
}
