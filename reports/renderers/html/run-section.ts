import type { ReportModel } from '../../report-model.ts';
import { durationText, providerWords, timeText } from '../../texts/de.ts';
import { html } from './html.ts';

/** Where the results come from: the target, what it lacks, who allowed the run, and how to recompute it. */
export function runSection(model: ReportModel) {
  const { run, finished, journal, accounts } = model;
  const { target } = run;
  return html`<section aria-labelledby="lauf">
    <h2 id="lauf">Über diesen Lauf</h2>
    <dl>
      <dt>Ziel</dt><dd>${target.name} (${providerWords[target.provider]})</dd>
      <dt>Homeserver</dt><dd><code>${target.homeserverUrl}</code>, Servername <code>${target.serverName}</code></dd>
      ${target.clientUrl !== undefined && html`<dt>Web-Client</dt><dd><code>${target.clientUrl}</code></dd>`}
      <dt>Beteiligte Programme</dt><dd>${Object.entries(run.tools)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}</dd>
      <dt>Erlaubt von</dt><dd>${target.permissions.grantedBy.name}, ${target.permissions.grantedBy.role}, gültig bis ${timeText(target.permissions.until)}</dd>
      <dt>Erlaubter Umfang</dt><dd>${target.permissions.mayMutate ? 'Anlegen von Räumen und Nachrichten' : 'nur Lesen'}, Last mit höchstens ${target.permissions.mayStressUsers} Personen</dd>
      <dt>Beginn</dt><dd>${timeText(run.startedAt)}</dd>
      <dt>Dauer</dt><dd>${finished === undefined ? 'abgebrochen' : durationText(finished.durationMs)}</dd>
      <dt>Zufallszahl</dt><dd>${run.seed}</dd>
      <dt>Prüfstand</dt><dd>Version ${run.suiteVersion}</dd>
      <dt>Protokoll</dt><dd>${journal.entries} Einträge, Prüfsumme der letzten Zeile <code>${journal.lastLineSha256}</code></dd>
    </dl>
    ${absentComponents(model)} ${accountsTable(accounts)}
    <h3>Nachrechnen</h3>
    <p>Jedes Urteil folgt allein aus dem Protokoll <a href="../journal.ndjson">journal.ndjson</a> und dem Katalog <a href="../catalogue.json">catalogue.json</a>. Der Befehl <code>npx pruefstand report ${run.runId}</code> urteilt daraus neu, <code>npx pruefstand verify ${run.runId}</code> prüft, ob nichts verändert wurde. Für Programme liegt das Ergebnis als <a href="results.json">results.json</a> bei.</p>
  </section>`;
}

function absentComponents({ run }: ReportModel) {
  const { absentComponents: absent } = run.target;
  if (absent.length === 0) return null;
  return html`<h3>Was diesem Ziel gegenüber dem BundesMessenger fehlt</h3>
    <div class="scroll" role="region" aria-label="Fehlende Bestandteile" tabindex="0"><table>
      <thead><tr><th scope="col">Bestandteil</th><th scope="col">Grund</th><th scope="col">Folge für das Ergebnis</th></tr></thead>
      <tbody>${absent.map(({ component, reason, consequence }) => html`<tr><th scope="row">${component}</th><td>${reason}</td><td>${consequence}</td></tr>`)}</tbody>
    </table></div>`;
}

function accountsTable(accounts: ReportModel['accounts']) {
  if (accounts.length === 0) return null;
  const bench = accounts.filter(({ kind }) => kind === 'bench');
  return html`<h3>Benutzte Konten</h3>
    <p>${accounts.length} künstliche Konten, davon ${bench.length} von den Mengenbegrenzungen ausgenommen. Echte Personen waren nicht beteiligt.</p>
    <details><summary>Liste der Konten</summary><ul class="plain">${accounts.map(({ userId, kind }) => html`<li><code>${userId}</code> (${kind === 'bench' ? 'ohne Mengenbegrenzung' : 'gewöhnlich'})</li>`)}</ul></details>`;
}
