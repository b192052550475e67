import { apiHeaders, clientHeaders, pageHeaders, publicHeaders } from './edge-headers.ts';
import { type Upstreams, upstreamLines } from './edge-upstreams.ts';

/** Addresses and paths as nginx sees them. */
export interface EdgePlan {
  /** Folder of certificates, documents and temporary files. */
  readonly directory: string;
  readonly listenAddress: string;
  readonly homeserverPort: number;
  readonly homeserverUrl: string;
  readonly upstreams: Upstreams;
  readonly client?: { readonly port: number; readonly root: string } | undefined;
  /** Set where nginx is started by root: its workers must read the private folder of the run. */
  readonly user?: string | undefined;
}

export const edgeFiles = {
  certificate: 'edge.crt',
  key: 'edge.key',
  wellKnownClient: 'well-known-client.json',
  wellKnownSupport: 'well-known-support.json',
  clientConfiguration: 'client-config.json',
  datenschutz: 'datenschutz.html',
  impressum: 'impressum.html',
} as const;

/** The whole nginx.conf. */
export function edgeConfiguration(plan: EdgePlan): string {
  return `${plan.user === undefined ? '' : `user ${plan.user};\n`}worker_processes 2;
daemon off;
pid ${plan.directory}/nginx.pid;
error_log stderr warn;
worker_rlimit_nofile 16384;
events { worker_connections 8192; }
http {
  ${mediaTypes}
  default_type application/octet-stream;
  access_log off;
  server_tokens off;
  ${temporaryFolders(plan.directory)}
  ssl_certificate ${plan.directory}/${edgeFiles.certificate};
  ssl_certificate_key ${plan.directory}/${edgeFiles.key};
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384;
  ssl_ecdh_curve prime256v1:secp384r1;
  ssl_session_tickets off;
  keepalive_timeout 75s;
  ${upstreamLines(plan.upstreams)}
  ${publicPaths}
${homeserver(plan)}
${plan.client === undefined ? '' : webClient(plan, plan.client)}
}
`;
}

const mediaTypes = `types {
    text/html html; text/css css; text/javascript js mjs; text/plain txt; application/json json map;
    application/manifest+json webmanifest; application/wasm wasm; image/svg+xml svg; image/png png; image/gif gif;
    image/jpeg jpg jpeg; image/webp webp; image/x-icon ico; font/woff2 woff2; font/woff woff; font/ttf ttf;
    audio/mpeg mp3; audio/ogg ogg;
  }`;

function temporaryFolders(directory: string): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return kinds.map((kind) => `${kind}_temp_path ${directory}/${kind};`).join('\n  ');
}

/**
 * The locations below see the path decoded and with dots resolved, but Synapse gets it as it was written. Both forms must
 * be public: no dot segments, no doubled slash, no other beginning.
 */
const publicPaths = `map $request_uri $path_is_public {
    default 0;
    "~*^[^?]*(/|%2f)(\\.|%2e){1,2}(/|%2f|\\?|$)" 0;
    "~^[^?]*//" 0;
    "~^/_matrix/(federation|key)(/|\\?|$)" 0;
    "~^/_matrix/" 1;
    "~^/_synapse/client/" 1;
  }`;

const indent = (lines: readonly string[], depth: number): string => lines.join(`\n${' '.repeat(depth)}`);

function homeserver(plan: EdgePlan): string {
  const document = (path: string, file: string, type: string, headers: readonly string[]) => `
    location = ${path} {
      default_type ${type};
      ${indent(headers, 6)}
      alias ${plan.directory}/${file};
    }`;
  return `  server {
    listen ${plan.listenAddress}:${plan.homeserverPort} ssl;
    client_max_body_size 50m;
    ${plainHttp}
    ${refusals}${document('/.well-known/matrix/client', edgeFiles.wellKnownClient, 'application/json', publicHeaders)}${document(
      '/.well-known/matrix/support',
      edgeFiles.wellKnownSupport,
      'application/json',
      publicHeaders,
    )}${document('/datenschutz', edgeFiles.datenschutz, '"text/html; charset=utf-8"', pageHeaders)}${document(
      '/impressum',
      edgeFiles.impressum,
      '"text/html; charset=utf-8"',
      pageHeaders,
    )}
    location ~ ^/(_matrix|_synapse/client)/ {
      if ($path_is_public = 0) { return 404; }
      ${indent(apiHeaders, 6)}
      ${indent(proxying, 6)}
    }
    location / { return 404; }
  }`;
}

/** Whoever speaks plain HTTP is sent to the same address with TLS. */
const plainHttp = 'error_page 497 =301 https://$http_host$request_uri;';

/** Refusals of the edge in the form Matrix clients read. */

const refusals = (
  [
    ['404', 'notfound', 'M_UNRECOGNIZED', 'Unrecognized request'],
    ['413', 'toolarge', 'M_TOO_LARGE', 'Upload is too large'],
    ['502 504', 'down', 'M_UNKNOWN', 'The homeserver does not answer'],
  ] as const
)
  .map(([statuses, name, errcode, error]) => {
    const status = statuses.split(' ')[0];
    return `error_page ${statuses} @${name};
    location @${name} {
      default_type application/json;
      ${indent(publicHeaders, 6)}
      return ${status} '{"errcode":"${errcode}","error":"${error}"}';
    }
    `;
  })
  .join('');

/** No path after the upstream's name: nginx then passes the request line on as it was written. Long polls last up to 90 s. */
const proxying = [
  'proxy_pass http://$homeserver;',
  'proxy_http_version 1.1;',
  'proxy_set_header Connection "";',
  'proxy_set_header Host $http_host;',
  'proxy_set_header X-Forwarded-For $remote_addr;',
  'proxy_set_header X-Forwarded-Proto $scheme;',
  'proxy_read_timeout 120s;',
  'proxy_send_timeout 120s;',
  'proxy_buffering on;',
  'proxy_request_buffering off;',
];

function webClient(plan: EdgePlan, client: { readonly port: number; readonly root: string }): string {
  const headers = indent(clientHeaders(plan.homeserverUrl), 6);
  const fresh = 'add_header Cache-Control "no-cache" always;';
  return `  server {
    listen ${plan.listenAddress}:${client.port} ssl;
    root ${client.root};
    ${plainHttp}
    location ~ ^/config(\\.[^/]+)?\\.json$ {
      default_type application/json;
      ${headers}
      ${fresh}
      alias ${plan.directory}/${edgeFiles.clientConfiguration};
    }
    location / {
      ${headers}
      ${fresh}
      try_files $uri $uri/index.html =404;
    }
  }`;
}
