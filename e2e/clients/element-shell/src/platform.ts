import BasePlatform from 'matrix-react-sdk/src/BasePlatform';
import PlatformPeg from 'matrix-react-sdk/src/PlatformPeg';
import type { ShellConfig } from 'matrix-react-sdk/src/SdkConfig';

class ShellPlatform extends BasePlatform {
  readonly #config: ShellConfig;

  constructor(config: ShellConfig) {
    super();
    this.#config = config;
  }

  override async getConfig(): Promise<ShellConfig> {
    return this.#config;
  }

  override getHumanReadableName(): string {
    return 'Web Platform';
  }

  override getDefaultDeviceDisplayName(): string {
    return this.#config.default_device_display_name ?? `${this.#config.brand} (Web)`;
  }

  override async getAppVersion(): Promise<string> {
    return process.env.VERSION;
  }

  override supportsNotifications(): boolean {
    return 'Notification' in window;
  }

  override maySendNotifications(): boolean {
    return this.supportsNotifications() && Notification.permission === 'granted';
  }

  override requestNotificationPermission(): Promise<string> {
    return Notification.requestPermission();
  }

  override reload(): void {
    location.reload();
  }
}

export function installPlatform(config: ShellConfig): void {
  PlatformPeg.set(new ShellPlatform(config));
}
