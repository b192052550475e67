/** Values of one metric, each with its labels as written. */
export type Metrics = ReadonlyMap<string, readonly { readonly labels: string; readonly value: number }[]>;

const line = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{.*\})? (\S+)(?: \d+)?$/;

/** Reads Prometheus' text format; lines that are none are left out. */
export function metricsFrom(text: string): Metrics {
  const metrics = new Map<string, { labels: string; value: number }[]>();
  for (const [, name = '', labels = '', value] of text.split('\n').map((row) => line.exec(row) ?? [])) {
    if (name === '') continue;
    const values = metrics.get(name) ?? [];
    metrics.set(name, values);
    values.push({ labels, value: Number(value) });
  }
  return metrics;
}

/** Over all labels; undefined where there is no such metric. */
export function sumOf(metrics: Metrics, name: string): number | undefined {
  return metrics.get(name)?.reduce((sum, { value }) => sum + value, 0);
}
