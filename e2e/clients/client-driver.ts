import type { Buffer } from 'node:buffer';
import type { Page } from 'playwright-core';

export interface Credentials {
  readonly userId: string;
  readonly password: string;
  /** Protects the key backup where the client asks a person to set one up, long enough for any strength meter; without it nothing is set up. */
  readonly passphrase?: string;
  /** Told the recovery key when the client shows it. */
  onRecoveryKey?(key: string): void;
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
  /** Creates a private room; resolves when a message can be typed in it. Absent where the client cannot. */
  createRoom?(page: Page, roomName: string): Promise<void>;
  /** Types and sends; resolves when the server has accepted the message. */
  send(page: Page, text: string): Promise<void>;
  /** Resolves when a readable message with this text stands in the open room. */
  waitForMessage(page: Page, text: string): Promise<void>;
  /** The readable messages of the open room, oldest first. */
  readTimeline(page: Page): Promise<readonly TimelineMessage[]>;
  /** Resolves when the login form or the welcome page is shown again. */
  signOut(page: Page): Promise<void>;
  /** Absent where the client offers no comparison of emojis. */
  readonly verification?: VerificationControls;
  /** Absent where the client cannot open a key backup. */
  readonly recovery?: RecoveryControls;
  /** Absent where nothing is judged in the client's interface. */
  readonly safeguards?: SafeguardViews;
  /** Absent where nothing is judged of how people write with the client. */
  readonly writing?: WritingControls;
}

/** What people do in an open room beside sending. */
export interface WritingControls {
  /** Types and does not send. */
  type(page: Page, text: string): Promise<void>;
  /** What stands in the field where messages are written. */
  typedText(page: Page): Promise<string>;
  /** Empties that field. */
  clear(page: Page): Promise<void>;
  /** Looks for a word in the room; resolves when the client has said what it found and shows the room again. */
  search(page: Page, word: string): Promise<void>;
  /** Changes the person's last message; resolves with its id when the client shows it changed. */
  editLast(page: Page, text: string): Promise<string>;
  /** Sends a file; resolves with the id of its message when the server has accepted it. */
  attach(page: Page, file: AttachedFile): Promise<string>;
}

export interface AttachedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface VerificationControls {
  /** Asks that person, from a message of theirs in the open room, to verify each other. */
  ask(page: Page, userId: string): Promise<void>;
  /** Agrees to what another person asked for; resolves when it did. */
  accept(page: Page): Promise<void>;
  /** Offers to compare emojis, as soon as both agreed. */
  startEmojis(page: Page): Promise<void>;
  /** Resolves with the emojis to be compared, parted by spaces. */
  readEmojis(page: Page): Promise<string>;
  /** Says that the other side shows the same. */
  confirm(page: Page): Promise<void>;
  /** Resolves when the client says that the other person is verified, and closes what says so. */
  waitForSuccess(page: Page): Promise<void>;
}

export interface RecoveryControls {
  /** Fills in the open login form of an account that has a backup, opens it with the recovery key; resolves when the room list is there. */
  logInAndRestore(page: Page, credentials: Credentials, recoveryKey: string): Promise<void>;
}

/** What a messenger must show of its safeguards. Texts are what the accessibility tree holds, so what nobody can perceive is not in them. */
export interface SafeguardViews {
  /** All that the client tells with the room open and its description beside it. */
  describeRoom(page: Page): Promise<string>;
  /** All that the client tells of one message of the open room, which may be closed: its text, its sender, warnings. Waits for the message. */
  describeMessage(page: Page, eventId: string): Promise<MessageDescription>;
  /** Whether a text like this comes to be seen before the deadline. */
  waitForNote(page: Page, pattern: RegExp): Promise<boolean>;
  /** Types and sends; whether the server got the message. */
  tryToSend(page: Page, text: string): Promise<boolean>;
  /** Whether a person who just logged in is made to set up the key backup, and whether she can get around it. */
  backupDemand(page: Page): Promise<BackupDemand>;
  /** Asks to sign out; what the client says before it does, empty when it says nothing. */
  askToSignOut(page: Page): Promise<string>;
  /** Signs out whatever it says; resolves when the login form is shown again and what is being deleted is gone. */
  confirmSignOut(page: Page): Promise<void>;
  /** What in messages of the open room can run, ask others or leads to an unsafe address; each with the event it stands in. */
  readActiveContent(page: Page): Promise<readonly ActiveContent[]>;
  /** What the browser keeps of the client. */
  readStorage(page: Page): Promise<BrowserStorage>;
}

export interface MessageDescription {
  /** What assistive technology is told, line by line. */
  readonly told: string;
  /** Whether a sign is seen beside the message that warns of it. */
  readonly isMarked: boolean;
}

export interface ActiveContent {
  readonly eventId: string;
  /** Element or attribute, e.g. `iframe` or `onerror`. */
  readonly what: string;
}

/** binding: nothing closes the request; escapable: the person can go on without a backup. */
export type BackupDemand = 'binding' | 'escapable' | 'none';

export interface BrowserStorage {
  /** Names of databases that hold anything, each with its number of records. */
  readonly databases: Readonly<Record<string, number>>;
  /** Of the small storage that pages can read as text: name and value. */
  readonly entries: Readonly<Record<string, string>>;
}
