import type { StartedTestContainer } from 'testcontainers';

/** Versions as the programs in the containers tell them. */
export async function versionsIn(parts: {
  readonly postgres: StartedTestContainer;
  readonly synapse: StartedTestContainer;
  readonly edge: StartedTestContainer;
}): Promise<Record<string, string>> {
  const ask = async (container: StartedTestContainer, command: string) => {
    const { output } = await container.exec(['sh', '-c', command]);
    return /\d+(\.\d+)+/.exec(output)?.[0] ?? 'unknown';
  };
  const postgresVersion = 'PATH="$PATH:$(echo /usr/lib/postgresql/*/bin)" postgres --version';
  const synapseVersion = `python -c 'from importlib.metadata import version; print(version("matrix-synapse"))'`;
  const [postgresql, synapse, nginx] = await Promise.all([
    ask(parts.postgres, postgresVersion),
    ask(parts.synapse, synapseVersion),
    ask(parts.edge, 'nginx -v 2>&1'),
  ]);
  return { synapse, postgresql, nginx };
}
