/** The page a browser shows while a run goes on; German, one file, nothing from elsewhere. `nonce` admits its own script and style. */
export function livePage(scenario: string, nonce: string): string {
  return `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lasttest ${escaped(scenario)} – Prüfstand</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
<main>
<h1>Lasttest ${escaped(scenario)}</h1>
<p id="state" role="status">Der Lauf wird vorbereitet.</p>
<h2 id="now">Jetzt</h2>
<dl aria-labelledby="now">
${figures.map(([id, name]) => `<div><dt>${name}</dt><dd id="${id}">–</dd></div>`).join('\n')}
</dl>
<h2>Verlauf</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="history">
<table>
<caption id="history">Die letzten 60 Sekunden, neueste zuerst</caption>
<thead><tr><th scope="col">Sekunde</th>${figures.map(([, name]) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody id="rows"></tbody>
</table>
</div>
</main>
<script nonce="${nonce}">${script}</script>
</body>
</html>
`;
}

const figures = [
  ['online', 'Personen online'],
  ['pollsPerSecond', 'Polls je Sekunde'],
  ['sendsPerSecond', 'Sendungen je Sekunde'],
  ['deliveryP95Ms', 'Zustellung P95 (ms)'],
  ['failed', 'Fehler bisher'],
  ['loopLagP99Ms', 'Verzug des Lastgenerators P99 (ms)'],
] as const;

const style = `
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr)); gap: 1rem; }
dl div { border: 1px solid; border-radius: .25rem; padding: .5rem .75rem; }
dd { margin: 0; font-size: 1.75rem; font-variant-numeric: tabular-nums; }
.scroll { overflow: auto; max-height: 24rem; }
.scroll:focus-visible { outline: 3px solid; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-block: .5rem; }
th, td { text-align: right; padding: .25rem .5rem; border-bottom: 1px solid; }
`;

/** The status is spoken only when it changes, not every second. */
const script = `
const names = ${JSON.stringify(figures.map(([id]) => id))};
const element = (id) => document.getElementById(id);
const shown = (value) => value === undefined ? '–' : value.toLocaleString('de');
const say = (text) => { if (element('state').textContent !== text) element('state').textContent = text; };
const source = new EventSource('figures');
source.onmessage = ({ data }) => {
  const figures = JSON.parse(data);
  const { second, durationS } = figures;
  say(second < 0 ? 'Die Personen kommen an.' : second < durationS ? 'Es wird gemessen.' : 'Die Messung ist beendet, letzte Zustellungen werden abgewartet.');
  for (const name of names) element(name).textContent = shown(figures[name]);
  const row = element('rows').insertRow(0);
  for (const value of [second, ...names.map((name) => figures[name])]) row.insertCell().textContent = shown(value);
  if (element('rows').rows.length > 60) element('rows').deleteRow(60);
};
source.addEventListener('end', () => { source.close(); say('Der Lauf ist zu Ende.'); });
source.onerror = () => { if (source.readyState === 2) say('Die Verbindung zum Prüfstand ist beendet.'); };
`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
