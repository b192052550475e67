import type { Account, Bench } from '../../core/model/bench.ts';
import type { ContextOptions } from '../../core/model/family-runtime.ts';
import { sendAltered } from '../lib/alteration.ts';
import { type LightRecipient, openLightRecipient } from '../lib/light-recipient.ts';
import type { WireLog } from '../lib/wire/wire-log.ts';
import type { EncryptionDefect } from './context.ts';

interface Owner extends Pick<ContextOptions<EncryptionDefect>, 'defect'> {
  readonly bench: Bench;
  readonly account: Account;
  readonly wire: WireLog;
}

interface Crowd {
  readonly person: string;
  readonly count: number;
  readonly roomId: string;
}

const atOnce = 10;

/** Devices of one person, who has joined the room when they are there. Evidence and the wire name them `person (1)` and so on. */
export async function openLightRecipients(owner: Owner, { person, count, roomId }: Crowd) {
  const opened: LightRecipient[] = [];
  while (opened.length < count) {
    const numbers = Array.from({ length: Math.min(atOnce, count - opened.length) }, (_, at) => opened.length + at + 1);
    opened.push(...(await Promise.all(numbers.map((number) => openOne(owner, `${person} (${number})`)))));
  }
  await opened[0]?.join(roomId);
  return opened;
}

async function openOne({ bench, account, wire, defect }: Owner, title: string): Promise<LightRecipient> {
  const session = await bench.accounts.login(account, `Prüfgerät ${title}`);
  const alteration = typeof defect === 'function' ? defect : undefined;
  const send = wire.listen(title, sendAltered(title, bench.send, alteration));
  return openLightRecipient({ session, homeserverUrl: bench.target.homeserverUrl, send });
}
