import type { Account, Bench } from '../../core/model/bench.ts';
import type { Evidence } from '../../core/model/evidence.ts';
import type { ContextOptions } from '../../core/model/family-runtime.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { createRandom } from '../../core/random.ts';
import { openPeopleBrowser, type PeopleBrowser } from '../lib/browser/people-browser.ts';
import type { ClientDevice } from '../lib/client-device.ts';
import type { WireLog } from '../lib/wire/wire-log.ts';
import type { EncryptionContext, EncryptionDefect } from './context.ts';
import { type HeardClient, openClient } from './open-client.ts';
import type { RecordedParty } from './sequence-evidence.ts';

/** One browser for all checks, started with the first client: a run without clients needs none. */
export interface SharedBrowser extends AsyncDisposable {
  open(): Promise<PeopleBrowser>;
}

export function shareBrowser({ tools, scratchDirectory }: Bench): SharedBrowser {
  let opening: Promise<PeopleBrowser> | undefined;
  return {
    open: () => {
      const { chromium: executablePath } = tools;
      if (executablePath === undefined) throw new RigError('defect', 'a client needs chromium, and it is missing');
      opening ??= openPeopleBrowser({ executablePath, scratchDirectory });
      return opening;
    },
    [Symbol.asyncDispose]: async () => (await opening)?.[Symbol.asyncDispose](),
  };
}

/** The people of one check who sit at web clients. */
export interface PeopleAtClients extends AsyncDisposable {
  readonly client: EncryptionContext['client'];
  evidence(): readonly Evidence[];
  /** For the story of the check. */
  parties(): readonly RecordedParty[];
}

export interface PeopleOptions extends ContextOptions<EncryptionDefect> {
  readonly bench: Bench;
  readonly browser: SharedBrowser;
  readonly wire: WireLog;
  /** Of the people of the check, by name; those who are new get one with a password. */
  readonly accounts: Map<string, Promise<Account>>;
}

export function peopleAtClients(options: PeopleOptions): PeopleAtClients {
  const { bench, browser, seed, accounts, wire, signal, defect } = options;
  const alteration = typeof defect === 'function' ? defect : undefined;
  const opened: ClientDevice[] = [];
  const heard: HeardClient[] = [];
  let isClosed = false;
  return {
    client: async (person, wish = {}) => {
      const leased = accounts.get(person) ?? bench.accounts.lease(person, 'ordinary');
      accounts.set(person, leased);
      const account = await leased;
      const title = wish.name === undefined ? person : `${person} (${wish.name})`;
      const passphrase = `Prüfphrase ${createRandom(`${seed}/${title}`).word(24)}`;
      const plan = { wire, signal, alteration, title, account, wish, passphrase, browser: await browser.open() };
      const one = await openClient(bench, plan, (client) => heard.push(client));
      opened.push(one);
      // The check may have ended while this client was still loading.
      if (isClosed) await one[Symbol.asyncDispose]();
      return one;
    },
    evidence: () => heard.flatMap((client) => client.evidence()),
    parties: () => heard.map((client) => client.party()),
    [Symbol.asyncDispose]: async () => {
      isClosed = true;
      await Promise.all(opened.map((one) => one[Symbol.asyncDispose]()));
    },
  };
}
