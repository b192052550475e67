import type { Alteration } from '../../lib/alteration.ts';
import { programWith } from '../clients/altered-client.ts';

/** Shows what is written in a message as it stands, below what is shown anyway; only what would end the page at once is left out. */
const showingRaw = `setInterval(() => {
  for (const tile of document.querySelectorAll('.mx_EventTile[data-event-id^="$"]')) {
    const body = tile.querySelector('.mx_EventTile_body');
    if (body === null || body.dataset.roh) continue;
    const events = mxMatrixClientPeg.get().getRooms().map((room) => room.findEventById(tile.dataset.eventId));
    const written = events.find(Boolean)?.getContent().formatted_body;
    if (written === undefined) continue;
    body.dataset.roh = 'ja';
    body.insertAdjacentHTML('beforeend', written.replace(/<(meta|base)[^>]*>/g, ''));
  }
}, 50);`;

const followingAddresses = `const bekannt = new Set();
setInterval(() => {
  for (const { href } of document.querySelectorAll('.mx_EventTile_body a[href^="http"]')) {
    if (bekannt.has(href)) continue;
    bekannt.add(href);
    fetch(href, { mode: 'no-cors' }).catch(() => undefined);
  }
}, 50);`;

/** The client does not sanitise what it shows. */
export const unsanitising = (person: string): Alteration => programWith(person, showingRaw);

/** The client looks by itself at what addresses in messages lead to. */
export const followingLinks = (person: string): Alteration => programWith(person, followingAddresses);

/** The same client from a web host that forbids its pages nothing. */
export const withoutPolicy =
  (person: string, alteration: Alteration): Alteration =>
  (seen) => {
    const answer = alteration(seen);
    const { 'content-security-policy': _, ...headers } = answer.headers;
    return seen.device === person ? { ...answer, headers } : answer;
  };

/** Does its work with every request once the page has read what the server's document says. */
const heeding = (work: string): string => `const ruf = window.fetch.bind(window);
let angabe = {};
window.fetch = async (ziel, wunsch) => {
  const adresse = String(ziel.url ?? ziel);
  ${work}
  const antwort = await ruf(ziel, wunsch);
  if (adresse.endsWith('/.well-known/matrix/client')) angabe = await antwort.clone().json();
  return antwort;
};`;

/** The client asks the server that the document names for its versions, as before a login. */
export const movingToNamedServer = (person: string): Alteration =>
  programWith(
    person,
    heeding(`const server = angabe['m.homeserver']?.base_url;
  if (server && !adresse.startsWith(server) && adresse.includes('/createRoom')) ruf(server + '/_matrix/client/versions').catch(() => undefined);`),
  );

/** The client sends without encryption where the document forbids it. */
export const obeyingForcedPlaintext = (person: string): Alteration =>
  programWith(
    person,
    heeding(`if (angabe['io.element.e2ee']?.force_disable && adresse.includes('/send/m.room.encrypted/'))
    return ruf(adresse.replace('m.room.encrypted', 'm.room.message'), { ...wunsch, body: JSON.stringify({ msgtype: 'm.text', body: 'offen' }) });`),
  );

/** The client creates rooms as the document wants them. */
export const obeyingForcedRooms = (person: string): Alteration =>
  programWith(
    person,
    heeding(`if (angabe['io.element.e2ee']?.force_disable && adresse.endsWith('/createRoom'))
    return ruf(ziel, { ...wunsch, body: JSON.stringify({ ...JSON.parse(wunsch.body), initial_state: [] }) });`),
  );

/** The client keeps no backup where the document demands none. */
export const keepingNoBackup = (person: string): Alteration =>
  programWith(
    person,
    heeding(`if (angabe['io.element.e2ee']?.secure_backup_required === false && adresse.includes('/room_keys/keys'))
    return new Response('{}', { status: 503, headers: { 'content-type': 'application/json' } });`),
  );
