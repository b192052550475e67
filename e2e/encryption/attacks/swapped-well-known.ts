import type { HttpRequest } from '../../../core/http/http.ts';
import { parsedJson } from '../../../core/parsed-json.ts';
import { type Alteration, isJsonObject, withText } from '../../lib/alteration.ts';

/** Names that end so belong to nobody. */
export const foreignServer = 'https://fremd.pruefstand.invalid';

/** The document names another server, and encryption and backup are no longer wanted. */
export const foreignWellKnown: Alteration = ({ request, answer }) =>
  isWellKnown(request) && answer.status === 200
    ? withText(answer, JSON.stringify(swapped(parsedJson(answer.text()))))
    : answer;

export const isWellKnown = ({ url }: Pick<HttpRequest, 'url'>): boolean =>
  new URL(url).pathname === '/.well-known/matrix/client';

const swapped = (document: unknown) => ({
  ...(isJsonObject(document) ? document : {}),
  'm.homeserver': { base_url: foreignServer },
  'm.identity_server': { base_url: foreignServer },
  'io.element.e2ee': { default: false, force_disable: true, secure_backup_required: false },
  'io.element.integrations': { managers: [{ api_url: foreignServer, ui_url: foreignServer }] },
});

/** Whether who creates a room asks for it to be encrypted; undefined for every other request. */
export function asksForEncryption({ method, url, body }: HttpRequest): boolean | undefined {
  if (method !== 'POST' || !new URL(url).pathname.endsWith('/createRoom')) return undefined;
  const wish = parsedJson(typeof body === 'string' ? body : new TextDecoder().decode(body));
  const state = isJsonObject(wish) ? wish['initial_state'] : undefined;
  return Array.isArray(state) && state.some((event) => isJsonObject(event) && event['type'] === 'm.room.encryption');
}
