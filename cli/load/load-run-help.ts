/** Of `pruefstand load run`. */
export const help = {
  en: `npx pruefstand load run <scenario> [options]

Plays one load scenario against a target and judges what was counted. Writes no report.
Without --target the embedded reference deployment is started.
A line and a page on this machine show the run as it goes on; q or Ctrl-C ends it at once, what was measured is kept.

  --users n                      people at the same time (default: the scenario's own number)
  --duration s                   seconds of measuring (default: the scenario's own)
  --processes n                  k6 processes at least (default: as many as the limits of this machine ask for)
  --target file                  target file, made by: npx pruefstand init
  --provider container|process   how the reference deployment is started
  --abort-on limits              end early when exceeded, e.g. delivery-p95=3000,errors=5 (milliseconds, percent)
  --prometheus url               k6 also writes its own metrics there (remote write; K6_PROMETHEUS_RW_… are passed on)
  --population file              who works there (default: load/population/berlin.yaml)
  --login way                    how people get in: application-service, password, openid, admin-token (accounts made at
                                 the administration's port) or given (accounts of the target file)
  --keep file                    keeps accounts and rooms made by admin-token for the next run, in a secret file
  --seed n                       every random choice follows from it (default 1)
  --json                         one JSON document on stdout

Exit code: 0 passed, 1 failed, 2 wrong use, 3 the bench broke or the run proves nothing.

Example
  npx pruefstand load run office-day --users 500 --json`,
  de: `npx pruefstand load run <Szenario> [Optionen]

Spielt ein Lastszenario gegen ein Ziel und beurteilt, was gezählt wurde. Schreibt keinen Bericht.
Ohne --target wird die eingebaute Referenzinstallation gestartet.
Eine Zeile und eine Seite auf dieser Maschine zeigen den Lauf; q oder Strg-C hält ihn sofort an, Gemessenes bleibt.

  --users n                      gleichzeitige Personen (Vorgabe: die Zahl des Szenarios)
  --duration s                   Sekunden der Messung (Vorgabe: die des Szenarios)
  --processes n                  mindestens so viele k6-Prozesse (Vorgabe: so viele, wie die Grenzen der Maschine verlangen)
  --target Datei                 Zieldatei, erstellt mit: npx pruefstand init
  --provider container|process   wie die Referenzinstallation gestartet wird
  --abort-on Grenzen             hält bei Überschreitung an, etwa delivery-p95=3000,errors=5 (Millisekunden, Prozent)
  --prometheus URL               k6 schreibt seine eigenen Metriken auch dorthin (Remote Write; K6_PROMETHEUS_RW_… gelten)
  --population Datei             wer dort arbeitet (Vorgabe: load/population/berlin.yaml)
  --login Weg                    wie Personen hineinkommen: application-service, password, openid, admin-token (Konten über
                                 die Verwaltungsschnittstelle) oder given (Konten der Zieldatei)
  --keep Datei                   behält mit admin-token angelegte Konten und Räume für den nächsten Lauf, in einer geheimen Datei
  --seed n                       daraus folgt jede zufällige Wahl (Vorgabe 1)
  --json                         ein JSON-Dokument auf der Standardausgabe

Rückgabewert: 0 bestanden, 1 Abweichung, 2 falsch aufgerufen, 3 Prüfstand gestört oder der Lauf belegt nichts.

Beispiel
  npx pruefstand load run office-day --users 500 --json`,
};
