import PostalMime from 'postal-mime';
import type { Mail, Mailbox } from '../../../core/model/surroundings.ts';
import { createArrivals } from './arrivals.ts';
import { openSmtpSink } from './smtp-sink.ts';

export interface OpenMailbox extends Mailbox, AsyncDisposable {
  readonly port: number;
}

export async function openMailbox(port: number): Promise<OpenMailbox> {
  const mails = createArrivals<Mail>();
  const sink = await openSmtpSink(port, async (message) => mails.add(await mailFrom(message)));
  return {
    port: sink.port,
    to: (address) => mails.all.filter(({ to }) => to === address),
    waitFor: (address, { after = 0, deadlineMs } = {}) =>
      mails.waitFor(({ to }) => to === address, { index: after, deadlineMs }),
    [Symbol.asyncDispose]: () => sink[Symbol.asyncDispose](),
  };
}

async function mailFrom(message: string): Promise<Mail> {
  const { from, to, subject = '', text = '' } = await PostalMime.parse(message);
  return {
    from: from?.address ?? '',
    to: to?.[0]?.address ?? '',
    subject,
    text,
    links: text.match(/https?:\/\/[^\s<>"]+/g) ?? [],
  };
}
