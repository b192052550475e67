import type { Exchange, Recorder } from '../../core/http/recorder.ts';
import type { Account } from '../../core/model/bench.ts';
import { at } from '../lib/wire/json.ts';
import type { RecordedParty } from './sequence-evidence.ts';

interface HeardClient {
  readonly title: string;
  readonly account: Pick<Account, 'userId'>;
  readonly recorder: Pick<Recorder, 'exchanges'>;
}

/** A web client logs in by itself: which device it is, the homeserver told it. */
export const partyOf = ({ title, account, recorder: { exchanges } }: HeardClient): RecordedParty => ({
  title,
  userId: account.userId,
  deviceId: exchanges.map(deviceIdIn).findLast((id) => id !== undefined) ?? '',
  exchanges,
});

function deviceIdIn({ request, answer }: Exchange): string | undefined {
  if (request.method !== 'POST' || !new URL(request.url).pathname.endsWith('/login') || !('body' in answer)) return;
  const id = at(answer.body, 'device_id');
  return typeof id === 'string' ? id : undefined;
}
