import type { Page } from 'playwright-core';

export interface Credentials {
  readonly userId: string;
  readonly password: string;
  /** Protects the key backup where the client asks a person to set one up; long enough for any strength meter. */
  readonly passphrase: string;
}

export interface TimelineMessage {
  /** As the client shows it; empty where it shows none because the message before is of the same person. */
  readonly sender: string;
  readonly text: string;
}

/**
 * What a person does with a web client, by its visible controls. One implementation for each client.
 * Every step has a deadline; what does not happen in time is thrown as Playwright's TimeoutError.
 */
export interface ClientDriver {
  /** Shown in reports. */
  readonly name: string;
  /** Resolves when the login form can be filled in. */
  openLogin(page: Page): Promise<void>;
  /** Opens the client in a browser that is logged in already; resolves when the room list is there. */
  reopen(page: Page): Promise<void>;
  /**
   * Fills in the open login form; resolves when the room list is there.
   * What the client asks for at a first login, then or later, is completed as soon as it stands in the way of a step.
   */
  logIn(page: Page, credentials: Credentials): Promise<void>;
  /** Closes the hints a new account is shown, as people do. Resolves when none is left. */
  closeHints(page: Page): Promise<void>;
  /** Resolves when the home view is shown. */
  openHome(page: Page): Promise<void>;
  /** Resolves when a message can be typed in the room just joined. */
  acceptInvitation(page: Page, roomName: string): Promise<void>;
  /** Resolves when the room's name is shown and a message can be typed. */
  openRoom(page: Page, roomName: string): Promise<void>;
  /** Types and sends; resolves when the server has accepted the message. */
  send(page: Page, text: string): Promise<void>;
  /** Resolves when a readable message with this text stands in the open room. */
  waitForMessage(page: Page, text: string): Promise<void>;
  /** The readable messages of the open room, oldest first. */
  readTimeline(page: Page): Promise<readonly TimelineMessage[]>;
  /** Resolves when the login form or the welcome page is shown again. */
  signOut(page: Page): Promise<void>;
}
