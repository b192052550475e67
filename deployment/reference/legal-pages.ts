/** Two short pages, so that the addresses in the discovery document lead somewhere. */
export const legalPages: Readonly<Record<'datenschutz' | 'impressum', string>> = {
  datenschutz: page('Datenschutzhinweise', [
    'Dieses Referenzsystem des Prüfstands läuft nur auf diesem Rechner und nur für die Dauer einer Prüfung.',
    'Verantwortlich ist die Stelle, die den Prüfstand betreibt. Verarbeitet werden ausschließlich künstliche Prüfdaten; personenbezogene Daten werden nicht erhoben und nicht an Dritte weitergegeben.',
    'Rechtsgrundlage für den Betrieb ist Artikel 6 Absatz 1 Buchstabe e DSGVO. Alle Daten werden am Ende der Prüfung gelöscht.',
    'Betroffene haben das Recht auf Auskunft, Berichtigung, Löschung und Einschränkung der Verarbeitung sowie das Recht auf Beschwerde bei der zuständigen Aufsichtsbehörde.',
  ]),
  impressum: page('Impressum', [
    'Referenzsystem des Prüfstands. Anbieterin ist die Stelle, die diese Prüfung ausführt.',
    'Kontakt: betrieb@pruefstand.invalid',
  ]),
};

function page(title: string, paragraphs: readonly string[]): string {
  const text = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n');
  return `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Referenzsystem des Prüfstands</title>
</head>
<body>
<main>
<h1>${title}</h1>
${text}
</main>
</body>
</html>
`;
}
