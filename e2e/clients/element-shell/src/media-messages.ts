/** The page's answer when the service worker asks for access to media. */
export interface MediaAccess {
  homeserverUrl: string;
  accessToken: string;
}
