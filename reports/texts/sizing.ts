const resources: Readonly<Record<string, string>> = {
  synapse: 'ein Rechenkern von Synapse',
  postgres: 'PostgreSQL',
  nginx: 'nginx',
  redis: 'Redis',
  'server cores': 'die Rechenkerne des Servers zusammen',
  unknown: 'offen',
};

/** German name of what a server can run out of; an unknown one by its key. */
export const resourceWords = (resource: string): string => resources[resource] ?? resource;
