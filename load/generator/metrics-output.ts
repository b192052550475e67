/** Where k6's own metrics go as well, by its Prometheus remote write; ours do not need it. */
export interface MetricsOutput {
  readonly url: string;
  /** `K6_PROMETHEUS_RW_…` as the person at the terminal has set them, such as a password. */
  readonly settings: Readonly<Record<string, string>>;
}

const settingPrefix = 'K6_PROMETHEUS_RW_';

export function metricsOutputFrom(url: string, environment: NodeJS.ProcessEnv): MetricsOutput {
  const settings = Object.entries(environment).filter(([name]) => name.startsWith(settingPrefix));
  return { url, settings: Object.fromEntries(settings.map(([name, value = '']) => [name, value])) };
}

/** Native histograms can be added up over processes; k6's default percentiles cannot. */
export function metricsArguments(output: MetricsOutput | undefined, process: number): string[] {
  return output === undefined ? [] : ['--out=experimental-prometheus-rw', `--tag=process=${process}`];
}

export function metricsEnvironment(output: MetricsOutput | undefined): NodeJS.ProcessEnv {
  if (output === undefined) return {};
  return {
    [`${settingPrefix}TREND_AS_NATIVE_HISTOGRAM`]: 'true',
    ...output.settings,
    [`${settingPrefix}SERVER_URL`]: output.url,
  };
}
