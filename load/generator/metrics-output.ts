import { UsageError } from '../../core/model/usage-error.ts';

/** Where k6's own metrics go as well, by its Prometheus remote write; ours do not need it. */
export interface MetricsOutput {
  readonly url: string;
  /** `K6_PROMETHEUS_RW_…` as the person at the terminal has set them, such as a password. */
  readonly settings: Readonly<Record<string, string>>;
}

const settingPrefix = 'K6_PROMETHEUS_RW_';

/** Throws UsageError when the address is none. */
export function metricsOutputFrom(url: string, environment: NodeJS.ProcessEnv): MetricsOutput {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw noAddress(url);
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

function noAddress(url: string): UsageError {
  return new UsageError({
    en: `--prometheus takes the address of a remote write receiver, e.g. http://127.0.0.1:9090/api/v1/write, got ${url}`,
    de: `--prometheus nimmt die Adresse eines Remote-Write-Empfängers, etwa http://127.0.0.1:9090/api/v1/write, nicht ${url}`,
  });
}
