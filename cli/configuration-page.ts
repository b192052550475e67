import configSchema from '../schemas/suite/config.schema.json' with { type: 'json' };

interface Property {
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
}

/** docs/configuration.md, generated from the schema so that it cannot drift from it. */
export function configurationPage(): string {
  const rows = Object.entries(configSchema.properties as Record<string, Property>).map(
    ([key, property]) =>
      `| \`${key}\` | \`--${key}\` | \`PRUEFSTAND_${key.toUpperCase()}\` | ${valuesOf(property)} | ${defaultOf(property)} | ${property.description} |`,
  );
  return `# Configuration

Generated from \`schemas/suite/config.schema.json\` by \`npx pruefstand docs\`; do not edit.

An option wins over the environment, the environment over \`pruefstand.config.json\` in the current folder, the file over the default.

| key | option | environment | values | default | meaning |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Further environment variables: \`PRUEFSTAND_LANG\` (\`de\` or \`en\`, language of help and errors), \`PRUEFSTAND_REQUIRE=all\` (tests fail when a real part is missing), \`PRUEFSTAND_CHROMIUM\` (path of the browser).
`;
}

const valuesOf = ({ type, enum: choices }: Property) =>
  choices ? choices.map((choice) => `\`${choice}\``).join(', ') : type;

const defaultOf = (property: Property) => (property.default === undefined ? '' : `\`${String(property.default)}\``);
