import type { MatrixChatHandle, Screen, ScreenParams } from 'matrix-react-sdk/src/components/structures/MatrixChat';

let shownHash = '';

// The SDK takes a parameter that occurs once as text, one that occurs often (`via`) as a list.
function paramsFromQuery(query: string): ScreenParams {
  const params: ScreenParams = {};
  for (const [key, value] of new URLSearchParams(query)) {
    const before = params[key];
    params[key] = before === undefined ? value : [before, value].flat();
  }
  return params;
}

/** `#/room/!id?via=a` → screen `room/!id` with its parameters. */
export function screenFromHash(hash: string): Screen {
  const [screen = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  return { screen: decodeURIComponent(screen), params: paramsFromQuery(query) };
}

/** What the address bar asked for when the page was opened, if anything. */
export function initialScreen(): Screen | undefined {
  const asked = screenFromHash(location.hash);
  return asked.screen === '' ? undefined : asked;
}

/** The application moved to another screen: put it into the address bar without routing back. */
export function showInAddressBar(screen: string, replaceLast: boolean): void {
  shownHash = `#/${screen}`;
  if (replaceLast) location.replace(shownHash);
  else location.assign(shownHash);
}

export function followAddressBar(application: MatrixChatHandle): void {
  window.addEventListener('hashchange', () => {
    if (location.hash === shownHash) return;
    shownHash = location.hash;
    const { screen, params } = screenFromHash(location.hash);
    application.showScreen(screen, params);
  });
}
