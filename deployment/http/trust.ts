import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';
import { UsageError } from '../../core/model/usage-error.ts';

/** The authorities a request may rely on: Node's own, the system's, and those in the PEM file. */
export function trustedAuthorities(caFile: string | undefined): string[] {
  const known = new Set([...getCACertificates('default'), ...getCACertificates('system')]);
  if (caFile !== undefined) for (const pem of certificatesIn(caFile)) known.add(pem);
  return [...known];
}

function certificatesIn(caFile: string): string[] {
  const text = readPem(caFile);
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (found === null) {
    throw new UsageError({
      de: `${caFile} enthält kein Zertifikat; erwartet wird eine PEM-Datei mit „BEGIN CERTIFICATE“.`,
      en: `${caFile} holds no certificate; expected a PEM file with "BEGIN CERTIFICATE".`,
    });
  }
  return found;
}

function readPem(caFile: string): string {
  try {
    return readFileSync(caFile, 'utf8');
  } catch (cause) {
    throw new UsageError(
      {
        de: `Die Datei mit Zertifizierungsstellen ${caFile} ist nicht lesbar; Pfad und Rechte prüfen.`,
        en: `The file of certificate authorities ${caFile} cannot be read; check path and permissions.`,
      },
      { cause },
    );
  }
}
