import type { HttpSend } from '../../core/http/http.ts';
import { createRecorder, type Recorder } from '../../core/http/recorder.ts';
import type { Account, Bench } from '../../core/model/bench.ts';
import type { Evidence } from '../../core/model/evidence.ts';
import type { AbortSignalLike } from '../../core/model/family-runtime.ts';
import { RigError } from '../../core/model/rig-error.ts';
import { systemClock } from '../../core/system-clock.ts';
import { type Alteration, sendAltered } from '../lib/alteration.ts';
import { withPatientLogin } from '../lib/browser/patient-login.ts';
import type { PeopleBrowser } from '../lib/browser/people-browser.ts';
import type { BlockedRequest } from '../lib/browser/serve-through-bench.ts';
import { type ClientDevice, openClientDevice } from '../lib/client-device.ts';
import type { WireLog } from '../lib/wire/wire-log.ts';
import { partyOf } from './client-party.ts';
import { servedClient } from './clients/served-client.ts';
import type { ClientWish } from './context.ts';
import type { RecordedParty } from './sequence-evidence.ts';

export interface ClientPlan {
  /** How evidence and the wire name the device. */
  readonly title: string;
  readonly account: Account;
  readonly wish: ClientWish;
  /** Made of the seed; protects the key backup. */
  readonly passphrase: string;
  readonly browser: PeopleBrowser;
  readonly wire: WireLog;
  readonly signal: AbortSignalLike;
  readonly alteration: Alteration | undefined;
}

/** What is known of a client at any time, also of one that does not open. */
export interface HeardClient {
  evidence(): readonly Evidence[];
  party(): RecordedParty;
}

/** Hands evidence over as it comes to be, because a client that does not open is explained by it too. */
export async function openClient(
  bench: Bench,
  plan: ClientPlan,
  told: (heard: HeardClient) => void,
): Promise<ClientDevice> {
  const { title, account, wish, browser, signal } = plan;
  const { driver, origin, serve } = servedClient(bench, wish.client ?? 'element');
  const kept: Evidence[] = [];
  const blocked: BlockedRequest[] = [];
  const troubles: unknown[] = [];
  const { send, recorder } = sendOf(bench, plan);
  told({
    evidence: () => [...kept, trafficOf(title, recorder), ...blockedEvidence(title, blocked)],
    party: () => partyOf({ title, account, recorder }),
  });
  const page = await browser.page({
    send: serve(send),
    allowedOrigins: new Set([origin, new URL(bench.target.homeserverUrl).origin]),
    onBlocked: (request) => void blocked.push(request),
    onTrouble: (trouble) => void troubles.push(trouble),
  });
  const { recoveryKey, withoutBackup = false } = wish;
  const backup = withoutBackup ? {} : { passphrase: plan.passphrase };
  const credentials = { userId: account.userId, password: passwordOf(account), ...backup };
  const keep = (evidence: Evidence) => void kept.push(evidence);
  const restoring = recoveryKey === undefined ? {} : { recoveryKey };
  const heard = { troubles, foreignRequests: blocked, keep };
  return openClientDevice({ person: title, driver, page, credentials, ...restoring, signal, ...heard });
}

/** What the page asks the homeserver is recorded and listened to; the program itself is not. */
function sendOf(bench: Bench, { title, wish, wire, alteration }: ClientPlan) {
  const { between = (send) => send } = wish;
  const changed = withPatientLogin(between(sendAltered(title, fromOwnMachine(bench.send), alteration), title));
  const recorder = createRecorder(changed, systemClock);
  const heard = wire.listen(title, recorder.send);
  const send: HttpSend = (request) => (isCall(request.url) ? heard(request) : changed(request));
  return { send, recorder };
}

/** People log in at their own desks, so the limit of logins per address is not met by all of them together. */
const fromOwnMachine =
  (send: HttpSend): HttpSend =>
  (request) =>
    send(request.method === 'POST' && request.url.endsWith('/login') ? { ...request, fromNewMachine: true } : request);

const isCall = (url: string) => new URL(url).pathname.startsWith('/_matrix/');

function passwordOf({ userId, password }: Account): string {
  if (password === undefined) throw new RigError('defect', `${userId} has no password to log in with at a client`);
  return password;
}

const trafficOf = (title: string, { exchanges }: Recorder): Evidence => ({
  name: `HTTP-Mitschnitt von ${title}`,
  mediaType: 'application/json',
  content: JSON.stringify(exchanges, null, 1),
});

const blockedEvidence = (title: string, blocked: readonly BlockedRequest[]): readonly Evidence[] =>
  blocked.length === 0
    ? []
    : [
        {
          name: `Verhinderte Anfragen an Dritte von ${title}`,
          mediaType: 'application/json',
          content: JSON.stringify(blocked, null, 1),
        },
      ];
