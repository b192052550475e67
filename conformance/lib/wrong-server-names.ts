/** Names that no homeserver can have: https://spec.matrix.org/v1.19/appendices/#server-name */
export const wrongServerNames: readonly string[] = [
  'localhost:http',
  'localhost:654321',
  'local_host',
  'local host',
  '[::1',
  'localhost:80:80',
];
