// What the shell uses of the SDK, React and the bundler, so that the shell can be checked without type-checking the SDK.

declare module 'matrix-react-sdk/src/SdkConfig' {
  export interface ValidatedServerConfig {
    hsUrl: string;
    hsName: string;
    isDefault: boolean;
  }
  export interface WellKnown {
    'm.homeserver': { base_url: string; server_name?: string };
  }
  export interface ShellConfig {
    brand: string;
    branding: { auth_header_logo_url: string };
    default_server_config: WellKnown;
    disable_guests: boolean;
    default_device_display_name?: string;
    default_language?: string;
    default_theme?: string;
    setting_defaults: Record<string, unknown>;
    validated_server_config?: ValidatedServerConfig;
  }
  /** config.json as it arrives: nothing in it can be relied on. */
  export type GivenConfig = Partial<Omit<ShellConfig, 'branding'>> & { branding?: Partial<ShellConfig['branding']> };
  const SdkConfig: {
    get(): ShellConfig;
    put(config: ShellConfig): void;
    add(config: Partial<ShellConfig>): void;
  };
  export default SdkConfig;
}

declare module 'matrix-react-sdk/src/BasePlatform' {
  import type { ShellConfig } from 'matrix-react-sdk/src/SdkConfig';
  export default abstract class BasePlatform {
    abstract getConfig(): Promise<ShellConfig | undefined>;
    abstract getDefaultDeviceDisplayName(): string;
    abstract getHumanReadableName(): string;
    abstract requestNotificationPermission(): Promise<string>;
    abstract getAppVersion(): Promise<string>;
    abstract reload(): void;
    supportsNotifications(): boolean;
    maySendNotifications(): boolean;
  }
}

declare module 'matrix-react-sdk/src/PlatformPeg' {
  import type BasePlatform from 'matrix-react-sdk/src/BasePlatform';

  const PlatformPeg: { get(): BasePlatform | null; set(platform: BasePlatform): void };
  export default PlatformPeg;
}

declare module 'matrix-react-sdk/src/MatrixClientPeg' {
  export const MatrixClientPeg: {
    get(): { getAccessToken(): string | null; getHomeserverUrl(): string } | null;
  };
}

declare module 'matrix-react-sdk/src/components/structures/MatrixChat' {
  export type ScreenParams = Record<string, string | string[]>;
  export interface Screen {
    screen: string;
    params: ScreenParams;
  }
  export interface MatrixChatHandle {
    showScreen(screen: string, params: ScreenParams): void;
  }
  const MatrixChat: import('react').Component<MatrixChatHandle>;
  export default MatrixChat;
}

declare module 'matrix-react-sdk/src/languageHandler' {
  export function getCurrentLanguage(): string;
  export function getUserLanguage(): string;
  export function setLanguage(preferred: string[]): Promise<void>;
}

declare module 'matrix-react-sdk/src/theme' {
  export function setTheme(theme?: string): Promise<void>;
}

declare module 'matrix-react-sdk/src/rageshake/rageshake' {
  export function init(persist: boolean): Promise<void>;
}

declare module 'matrix-react-sdk/src/utils/AutoDiscoveryUtils' {
  import type { ValidatedServerConfig } from 'matrix-react-sdk/src/SdkConfig';

  const AutoDiscoveryUtils: {
    buildValidatedConfigFromDiscovery(
      serverName: string | undefined,
      discovered: unknown,
      syntaxOnly: boolean,
    ): Promise<ValidatedServerConfig>;
  };
  export default AutoDiscoveryUtils;
}

declare module 'matrix-js-sdk/src/matrix' {
  export const AutoDiscovery: { fromDiscoveryConfig(wellKnown: unknown): Promise<unknown> };
}

declare module 'matrix-js-sdk/src/logger' {
  export const logger: { warn(...message: unknown[]): void };
}

declare module 'react' {
  export interface Component<Handle> {
    new (): Handle;
  }
  export interface Element {
    readonly type: unknown;
  }
  export function createElement(type: string, props: Record<string, unknown>, ...children: Element[]): Element;
  export function createElement<Handle>(
    type: Component<Handle>,
    props: Record<string, unknown> & { ref: (handle: Handle | null) => void },
  ): Element;
}

declare module 'react-dom' {
  import type { Element as ReactElement } from 'react';
  export function render(element: ReactElement, root: Element): void;
}

declare module 'buffer' {
  export const Buffer: unknown;
}

declare const process: { env: { VERSION: string } };

interface Window {
  matrixChat: import('matrix-react-sdk/src/components/structures/MatrixChat').MatrixChatHandle;
}
