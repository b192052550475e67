const stateKeyPath = '/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}';
const nullInMember = (where: string) => `event-violation ${where}: m.room.member`;
const templateOf = (step: 'join' | 'leave' | 'knock') =>
  `schema-violation GET /_matrix/federation/v1/make_${step}/{roomId}/{userId} → 200`;

/** By check: findings the untouched homeserver gives cause for, seen by another homeserver or across two. */
export const federationDeviations: Readonly<Record<string, readonly string[]>> = {
  // Synapse 1.163.2 leaves out of templates for events who proposes them, which the specification requires.
  // It writes null for the picture that is not set into the event of a join over federation.
  'conformance.fed.fed-acl': [templateOf('join'), templateOf('knock'), templateOf('leave')],
  'conformance.fed.fed-auth-chain': [templateOf('join')],
  'conformance.fed.fed-backfill': [
    templateOf('join'),
    nullInMember('GET /_matrix/client/v3/rooms/{roomId}/messages → 200'),
  ],
  'conformance.fed.fed-banned-join': [templateOf('join')],
  'conformance.fed.fed-devicelist': [templateOf('join'), templateOf('leave')],
  'conformance.fed.fed-edu-spoof': [templateOf('join')],
  'conformance.fed.fed-join': [templateOf('join'), nullInMember('GET /_matrix/client/v3/rooms/{roomId}/members → 200')],
  'conformance.fed.fed-join-guards': [templateOf('join'), templateOf('knock')],
  'conformance.fed.fed-leave': [templateOf('join'), templateOf('leave')],
  'conformance.fed.fed-missing': [templateOf('join')],
  'conformance.fed.fed-pl-takeover': [templateOf('join')],
  'conformance.fed.fed-redaction': [templateOf('join')],
  'conformance.fed.fed-room-across': [nullInMember(`GET ${stateKeyPath} → 200`)],
  'conformance.fed.fed-soft-fail': [templateOf('join')],
  'conformance.fed.fed-state': [templateOf('join')],
  'conformance.fed.fed-todevice-across': [nullInMember('GET /_matrix/client/v3/sync → 200')],
  'conformance.fed.fed-version-gate': [templateOf('join')],
  // Synapse 1.163.2 refuses transactions that are too large without an error code; every error has one.
  'conformance.fed.fed-send': [templateOf('join'), 'schema-violation PUT /_matrix/federation/v1/send/{txnId} → 400'],
  // Synapse 1.163.2 demands a time that may be left out, and asks no unknown homeserver for all of its keys.
  'conformance.fed.fed-notary': [
    'all-not-fetched GET /_matrix/key/v2/query/{serverName}',
    'time-demanded POST /_matrix/key/v2/query',
  ],
  // Synapse 1.163.2 makes a join of whatever membership a template proposes, and stumbles over one of another type.
  'conformance.fed.fed-join-verify': [
    'other-membership-used POST /_matrix/client/v3/join/{roomIdOrAlias}',
    'schema-violation GET /_matrix/client/v3/rooms/{roomId}/joined_members → 200',
    'server-error POST /_matrix/client/v3/join/{roomIdOrAlias} → 500',
  ],
  // Synapse 1.163.2 stumbles over names of homeservers that are none where files are asked for.
  'conformance.fed.fed-name-grammar-people': [
    'downloaded GET /_matrix/client/v1/media/download/{serverName}/{mediaId}',
    'downloaded GET /_matrix/client/v1/media/download/{serverName}/{mediaId}',
    'downloaded GET /_matrix/client/v1/media/download/{serverName}/{mediaId}',
    'downloaded GET /_matrix/client/v1/media/download/{serverName}/{mediaId}',
    'downloaded GET /_matrix/client/v1/media/download/{serverName}/{mediaId}',
    'server-error GET /_matrix/client/v1/media/download/{serverName}/{mediaId} → 500',
  ],
  'conformance.msg.timestamp-ties': [templateOf('join')],
  'conformance.upg.ver-backfill': [nullInMember('GET /_matrix/client/v3/rooms/{roomId}/messages → 200')],
  'conformance.upg.ver-v12-digest': [templateOf('join')],
  'conformance.memb.restricted-across': [nullInMember(`GET ${stateKeyPath} → 200`)],
  'conformance.memb.restricted-server': [nullInMember(`GET ${stateKeyPath} → 200`)],
};
