import MatrixChat, { type MatrixChatHandle } from 'matrix-react-sdk/src/components/structures/MatrixChat';
import PlatformPeg from 'matrix-react-sdk/src/PlatformPeg';
import SdkConfig from 'matrix-react-sdk/src/SdkConfig';
import { createElement } from 'react';
import { render } from 'react-dom';
import { discoverServer } from './discovery.ts';
import { followAddressBar, initialScreen, showInAddressBar } from './router.ts';

function forgetLoginToken(): void {
  history.replaceState(null, '', location.pathname + location.hash);
}

function renderApplication(root: Element): Promise<MatrixChatHandle> {
  const config = SdkConfig.get();
  const screen = initialScreen();
  return new Promise((resolve) => {
    const element = createElement(MatrixChat, {
      ref: (application) => application && resolve(application),
      config,
      onNewScreen: showInAddressBar,
      onTokenLoginCompleted: forgetLoginToken,
      realQueryParams: Object.fromEntries(new URLSearchParams(location.search)),
      startingFragmentQueryParams: screen?.params ?? {},
      enableGuest: !config.disable_guests,
      defaultDeviceDisplayName: PlatformPeg.get()?.getDefaultDeviceDisplayName(),
      initialScreenAfterLogin: screen,
    });
    render(element, root);
  });
}

/** Resolves once the application is mounted; it then asks the homeserver for itself. */
export async function openApplication(): Promise<void> {
  SdkConfig.add({ validated_server_config: await discoverServer(SdkConfig.get()) });
  const root = document.getElementById('matrixchat');
  if (root === null) throw new Error('index.html has no element with the id "matrixchat"');
  // The SDK looks for the running application under this name.
  window.matrixChat = await renderApplication(root);
  followAddressBar(window.matrixChat);
}
