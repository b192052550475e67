import type { Answer } from './answer.ts';
import { stringAt } from './json.ts';

export const versionPath = '/_matrix/federation/v1/version';
export const serverKeyPath = '/_matrix/key/v2/server';

/** The edge or the homeserver does not speak with other homeservers under this address. */
export const isClosed = ({ status, json }: Answer): boolean =>
  status === 403 || (status === 404 && stringAt(json, ['server', 'name']) === undefined);

export const closedReason =
  'Föderation ist unter dieser Adresse abgeschaltet (federation_domain_whitelist leer, Pfade der Föderation gesperrt).';
