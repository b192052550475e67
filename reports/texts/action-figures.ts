/** What simulated people do beside writing, as the load run names it in its figures. */
const actions = new Map(
  Object.entries({
    goOnline: 'Erste Synchronisierung',
    catchUp: 'Nachholen nach Abwesenheit',
    openRoom: 'Raum öffnen',
    openThread: 'Thread öffnen',
    scrollBack: 'Seite des Verlaufs',
    read: 'Lesebestätigung',
    type: 'Schreibanzeige',
    react: 'Reaktion',
    edit: 'Nachricht ändern',
    upload: 'Datei hochladen',
    download: 'Datei herunterladen',
    searchPeople: 'Suche nach Personen',
    searchRooms: 'Suche nach Räumen',
    searchMessages: 'Suche in Nachrichten',
    browseSpace: 'Räume eines Bereichs',
    viewProfile: 'Profil',
    setPresence: 'Anwesenheit',
    joinRoom: 'Beitritt',
    registerPusher: 'Push-Anmeldung',
    signIn: 'Anmeldung',
    signOut: 'Abmeldung',
    refreshToken: 'Zugriffstoken erneuern',
    setUpKeys: 'Geräteschlüssel hochladen',
    refillKeys: 'Einmalschlüssel nachfüllen',
    queryKeys: 'Geräteschlüssel abfragen',
    claimKeys: 'Einmalschlüssel anfordern',
    rotateKeys: 'Raumschlüssel verteilen',
    backUpKeys: 'Schlüssel sichern',
    restoreKeys: 'Schlüssel wiederherstellen',
    deliveryUpTo2: 'Zustellzeit in Räumen bis 2 Mitglieder',
    deliveryUpTo15: 'Zustellzeit in Räumen bis 15 Mitglieder',
    deliveryUpTo50: 'Zustellzeit in Räumen bis 50 Mitglieder',
    deliveryUpTo500: 'Zustellzeit in Räumen bis 500 Mitglieder',
    deliveryBeyond500: 'Zustellzeit in Räumen über 500 Mitglieder',
    keyDelivery: 'Zustellzeit eines Raumschlüssels',
    pollOverhead: 'Verspätung einer Synchronisierung ohne Neuigkeiten',
  }),
);

const counts = new Map(
  Object.entries({
    slidingPolls: 'Davon mit Sliding Sync',
    emptyPolls: 'Synchronisierungen ohne Neuigkeiten',
    earlyPolls: 'Davon vor der Zeit beantwortet',
    seenLater: 'Nach Abwesenheit nachgeholte Zustellungen',
    givenUp: 'Unterbliebene Aktionen',
    restarts: 'Neu begonnene Verbindungen von Sliding Sync',
    keysShared: 'Verteilte Raumschlüssel',
    keysSeen: 'Angekommene Raumschlüssel',
    keysDuplicated: 'Doppelte Raumschlüssel',
    keysExhausted: 'Geräte ohne Einmalschlüssel',
    keysBackedUp: 'Von selbst gesicherte Raumschlüssel',
    sessionsBackedUp: 'Gesicherte Raumschlüssel',
    sessionsRestored: 'Wiederhergestellte Raumschlüssel',
    eventsScrolled: 'Zurückgeblätterte Ereignisse',
    uploadedBytes: 'Hochgeladen',
    downloadedBytes: 'Heruntergeladen',
  }),
);

const percentiles = new Map(
  Object.entries({
    P50Ms: 'Median',
    P95Ms: '95 von 100 schneller als',
    P99Ms: '99 von 100 schneller als',
    Samples: 'Messwerte',
  }),
);

/** Label of a figure of such an action; undefined for figures of something else. */
export function actionFigureLabel(key: string): string | undefined {
  const [, action = '', actual, part = ''] = /^(.+?)(Actual)?(P50Ms|P95Ms|P99Ms|Samples)$/.exec(key) ?? [];
  const name = actions.get(action);
  if (name === undefined) return counts.get(key);
  return `${name}${actual === undefined ? '' : ' ab tatsächlichem Beginn'}, ${percentiles.get(part)}`;
}
