export const user = 'pruefstand';
export const database = 'synapse';

/** Synapse insists on UTF-8 and a locale that sorts by code point. */
export const initdbArguments = (data: string): readonly string[] => [
  `--pgdata=${data}`,
  `--username=${user}`,
  '--auth=trust',
  '--encoding=UTF8',
  '--locale=C',
  '--no-sync',
];

/** Nothing is kept, so nothing needs to reach the disk. */
const settings = {
  unix_socket_permissions: '0700',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '100',
};

export function postgresArguments(data: string, own: Readonly<Record<string, string>>): string[] {
  return [
    '-D',
    data,
    ...Object.entries({ ...settings, ...own }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}
