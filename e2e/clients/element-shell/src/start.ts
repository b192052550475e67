import { init as initLogging } from 'matrix-react-sdk/src/rageshake/rageshake';
import SdkConfig from 'matrix-react-sdk/src/SdkConfig';
import { loadConfig } from './config.ts';

/** Order matters: log, configuration, platform, language, theme, and only then the application itself. */
export async function start(): Promise<void> {
  // The log stays in memory: persisted, it would put what the client handles into browser storage.
  await initLogging(false);
  const config = await loadConfig();
  SdkConfig.put(config);
  document.title = config.brand;

  const { installPlatform } = await import('./platform.ts');
  installPlatform(config);
  const { loadLanguage } = await import('./language.ts');
  await loadLanguage();
  const { setTheme } = await import('matrix-react-sdk/src/theme');
  await setTheme();

  const { provideMediaAccess } = await import('./media-access.ts');
  await provideMediaAccess();
  const { openApplication } = await import('./application.ts');
  await openApplication();
}
