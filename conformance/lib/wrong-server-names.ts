/** A port has five digits at most. */
export const longPort = 'localhost:654321';

/** Names that no homeserver can have: https://spec.matrix.org/v1.19/appendices/#server-name */
export const wrongServerNames: readonly string[] = [
  'localhost:http',
  longPort,
  'local_host',
  'local host',
  '[::1',
  'localhost:80:80',
];
