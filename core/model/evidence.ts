/** A file that shows what was observed. Stored by digest; redacted before it gets here. */
export interface Evidence {
  /** Shown to readers, e.g. `HTTP-Mitschnitt` or `Bildschirmfoto Anmeldung`. */
  readonly name: string;
  readonly mediaType: string;
  readonly content: string | Uint8Array;
}

/** Evidence as the journal knows it. */
export interface StoredEvidence {
  readonly name: string;
  readonly mediaType: string;
  /** Hex SHA-256 of the content; the file is `evidence/<digest>.<extension>`. */
  readonly sha256: string;
  readonly file: string;
  readonly sizeBytes: number;
}
