/**
 * What a device does to protect its person, each in the words of what it does. A weak device skips one of them at a time,
 * and for each at least one flow catches it.
 *
 * Where it can, a weak device really does without: it imports the key it was told, takes over the backup, opens the file without
 * its checksum, shares the session, reads by hand what the library finds unproven. Elsewhere it says what such a device would say:
 * - keyOrigin in `replayed-one-time-key`: the library deletes a used one-time key, so nothing could open what was closed with it;
 * - closedPast at a device of somebody else: a key that was never given cannot be made;
 * - warning, visibleChange, frankness, lastingTrust, ownJudgement: what is skipped is the telling itself, and telling is all the
 *   interface these devices have.
 */
export const safeguards = {
  encryptedOnly: 'sendet nichts offen, was verschlossen gehört',
  contentProof: 'zeigt nur, was es nachgeprüft hat',
  keyOrigin: 'nimmt Schlüssel nur von denen, die sie geben dürfen',
  warning: 'warnt vor dem, was nicht sicher von der genannten Person stammt',
  frankness: 'sagt, was es nicht lesen kann, und liest danach weiter',
  exclusion: 'gibt Ausgeschlossenen und nicht unterschriebenen Geräten keine Schlüssel',
  closedPast: 'gibt Schlüssel der Vergangenheit nur weiter, wo der Raum es vorsieht',
  soundKeys: 'prüft die Schlüssel anderer Geräte und bleibt bei den bekannten',
  ownJudgement: 'hält nur für bestätigt, wen sein Mensch bestätigt hat',
  lastingTrust: 'behält, wer bestätigt und was unterschrieben ist',
  breakingOff: 'bricht eine gestörte Prüfung ab und sagt, warum',
  visibleChange: 'zeigt neue Mitglieder und neue Identitäten, bevor es weiter sendet',
  fileProof: 'öffnet keine veränderte Datei',
  ownBackup: 'benutzt nur die Sicherung seines Menschen und übernimmt daraus nur Echtes',
  closedSecrets: 'lässt keinen Schlüssel offen liegen',
  chance: 'würfelt seine Geheimnisse',
  dueRenewal: 'wechselt Schlüssel, wenn es Zeit ist, und nur dann',
  memory: 'behält, was es gespeichert hat',
} as const;

export type Safeguard = keyof typeof safeguards;
