import { stripVTControlCharacters } from 'node:util';
import { errors } from 'playwright-core';
import { firstLineOf, RigError } from '../../core/model/rig-error.ts';
import type {
  ClientDriver,
  RecoveryControls,
  SafeguardViews,
  VerificationControls,
  WritingControls,
} from '../clients/client-driver.ts';

export type StepName = keyof (ClientDriver &
  RecoveryControls &
  SafeguardViews &
  VerificationControls &
  WritingControls);

/** Takes one step of a person at a client; what the client does not do in time becomes a RigError that names the step. */
export type Step = <T>(name: StepName, work: () => Promise<T>) => Promise<T>;

export interface StepOptions {
  readonly person: string;
  /** Name of the client. */
  readonly client: string;
  readonly signal: { readonly aborted: boolean };
  /** Why requests of the page got no answer. */
  readonly troubles: readonly unknown[];
  /** Called before a failed step is reported, to keep what can be seen. */
  onFailed(title: string): Promise<void>;
}

export function createStep({ person, client, signal, troubles, onFailed }: StepOptions): Step {
  return async (name, work) => {
    const title = titles[name] ?? name;
    const before = troubles.length;
    try {
      return await work();
    } catch (thrown) {
      if (signal.aborted) throw new RigError('interrupted', stopped(title), { cause: thrown });
      if (!(thrown instanceof errors.TimeoutError)) throw thrown;
      await onFailed(`nach „${title}“`);
      // That the target did not answer explains why the step failed.
      throw (
        troubles.slice(before).find((trouble) => trouble instanceof RigError) ??
        new RigError('targetRefused', notTaken({ title, person, client, thrown }), { cause: thrown })
      );
    }
  };
}

/** True when what is waited for comes in time, false when it does not. */
export async function comes(waiting: () => Promise<unknown>): Promise<boolean> {
  try {
    await waiting();
    return true;
  } catch (thrown) {
    if (thrown instanceof errors.TimeoutError) return false;
    throw thrown;
  }
}

/** What people would call the step, where reports can name it. */
const titles: Partial<Record<StepName, string>> = {
  openLogin: 'Anmeldeseite öffnen',
  logIn: 'Anmelden',
  logInAndRestore: 'Anmelden und Sicherung öffnen',
  acceptInvitation: 'Einladung annehmen',
  openRoom: 'Raum öffnen',
  createRoom: 'Raum anlegen',
  reopen: 'Web-Client neu laden',
  send: 'Nachricht senden',
  ask: 'Um Prüfung bitten',
  accept: 'Prüfung annehmen',
  startEmojis: 'Emojis vergleichen',
  readEmojis: 'Emojis ablesen',
  confirm: 'Übereinstimmung bestätigen',
  waitForSuccess: 'Erfolg der Prüfung abwarten',
  describeRoom: 'Raumbeschreibung öffnen',
  describeMessage: 'Nachricht ansehen',
  type: 'Nachricht tippen',
  search: 'Im Raum suchen',
  editLast: 'Nachricht bearbeiten',
  attach: 'Datei senden',
  askToSignOut: 'Abmelden wählen',
  confirmSignOut: 'Abmelden bestätigen',
};

interface Failure {
  readonly title: string;
  readonly person: string;
  readonly client: string;
  readonly thrown: Error;
}

const notTaken = ({ title, person, client, thrown }: Failure) => {
  const why = [firstLineOf(thrown), waitedFor(thrown)].filter(Boolean).join(' – ');
  return {
    de: `Der Web-Client von ${person} (${client}) kam bei „${title}“ nicht innerhalb der Frist weiter: ${why}`,
    en: `The web client of ${person} (${client}) did not get past "${title}" in time: ${why}`,
  };
};

const stopped = (title: string) => ({
  de: `„${title}“ wurde abgebrochen.`,
  en: `"${title}" was stopped.`,
});

/** Playwright tells in a later line, in colours, what it waited for. */
export function waitedFor(thrown: unknown): string | undefined {
  const message = stripVTControlCharacters(thrown instanceof Error ? thrown.message : '');
  return /waiting for .+/.exec(message)?.[0];
}
