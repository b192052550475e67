import type { Explanation } from './explanations.ts';

/** Of what other homeservers are told. */
export const federationExplanations: readonly Explanation[] = [
  {
    why: 'Ereignisse und Schlüssel, die ein anderer Homeserver bekommt: Ob sie vollständig sind und keins doppelt, vergleichen fed.fed-state, fed.fed-auth-chain, fed.fed-backfill, fed.fed-missing und fed.fed-notary an eigenen Räumen; wo die Antwort nur zeigt, dass gefragt werden darf, sieht niemand hinein. Zwei vertauschte Kennungen derselben Menge sind dieselbe Menge.',
    covers: ({ kind, operation, status, pattern }) =>
      status === 200 &&
      ['shortenedList', 'duplicatedEntry', 'swappedIdentifiers', 'foreignIdentifier'].includes(kind) &&
      /\/_matrix\/(federation|key)\//.test(operation) &&
      /^\/(pdus|state|auth_chain|pdu_ids|auth_chain_ids|events|knock_room_state|server_keys)(\/(\[\]|\*))?$/.test(
        pattern,
      ),
  },
  {
    why: 'Was zu einem abgelehnten Ereignis gesagt wird, ist Text für Menschen; dass überhaupt etwas gesagt wird, zeigt die Ablehnung.',
    covers: ({ kind, operation, pattern }) =>
      kind === 'emptyString' && operation.endsWith('/federation/v1/send/{txnId}') && pattern === '/pdus/*/error',
  },
  {
    why: 'Von welchem Homeserver eine Antwort stammt, steht darin nur zur Auskunft: Gefragt wurde einer, und geantwortet hat er über dieselbe Verbindung.',
    covers: ({ kind, operation, pattern }) =>
      kind === 'emptyString' && /\/_matrix\/federation\//.test(operation) && pattern === '/origin',
  },
];
