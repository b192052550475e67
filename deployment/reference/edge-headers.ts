/** Header lines of nginx. `always`: also on refusals, which is where browsers read them too. */
const line = (name: string, value: string): string => `add_header ${name} "${value}" always;`;

const everywhere = [
  line('Strict-Transport-Security', 'max-age=31536000'),
  line('X-Content-Type-Options', 'nosniff'),
  line('Referrer-Policy', 'no-referrer'),
];

/** For answers of the homeserver itself, which sets its own CORS headers. */
export const apiHeaders: readonly string[] = everywhere;

/** For documents and refusals the edge answers on its own; any page may read them, none with credentials. */
export const publicHeaders: readonly string[] = [
  ...everywhere,
  line('Access-Control-Allow-Origin', '*'),
  line('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT, DELETE, OPTIONS'),
  line('Access-Control-Allow-Headers', 'X-Requested-With, Content-Type, Authorization, Date'),
];

export const pageHeaders: readonly string[] = [
  ...everywhere,
  line(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  ),
  line('Permissions-Policy', 'camera=(), geolocation=(), microphone=()'),
];

/** Element needs WebAssembly for its cryptography, inline styles for its layout and blobs for media and workers. */
export function clientHeaders(homeserverUrl: string): readonly string[] {
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    `connect-src 'self' blob: ${homeserverUrl}`,
    `img-src 'self' blob: data: ${homeserverUrl}`,
    `media-src 'self' blob: data: ${homeserverUrl}`,
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "frame-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
  ].join('; ');
  return [
    ...everywhere,
    line('Content-Security-Policy', policy),
    line('X-Frame-Options', 'SAMEORIGIN'),
    line('Permissions-Policy', 'camera=(), geolocation=(self), microphone=(self), payment=(), usb=()'),
    line('Cross-Origin-Opener-Policy', 'same-origin'),
  ];
}
