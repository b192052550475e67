import { type CheckOutcome, inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import { type Fault, failingFirst } from '../../lib/fault.ts';
import type { EncryptionContext } from '../context.ts';
import { deliver } from '../meeting.ts';

export interface Retry {
  readonly path: string;
  /** Whose requests fail: who sends the message or who is to read it. */
  readonly person: 'alice' | 'bob';
  /** From the device's first request on; else from the moment the two meet. */
  readonly fromStart?: boolean;
}

const failures = 2;

/** Alice writes to bob and he answers although requests of one kind fail at first: the device must come again, and nothing may be lost. */
export async function observeRetry(context: EncryptionContext, retry: Retry): Promise<CheckOutcome> {
  const fault = failingFirst(failures, retry.path);
  if (retry.fromStart) fault.begin();
  const [alice, bob] = await Promise.all([
    deviceOf(context, 'alice', retry, fault),
    deviceOf(context, 'bob', retry, fault),
  ]);
  fault.begin();
  const name = `Prüfraum ${context.random.word(12)}`;
  const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId] });
  await bob.joinRoom(roomId);
  await alice.waitForMember(roomId, bob.userId);
  const text = `Trotz Störung ${context.random.word(12)}`;
  const undelivered = await deliver({ from: alice, to: bob, roomId, text });
  const unanswered = await deliver({ from: bob, to: alice, roomId, text: `Antwort ${context.random.word(12)}` });
  if (fault.failed() < failures)
    return inconclusive(`void: Nur ${fault.failed()} von ${failures} Anfragen waren gestört.`);
  return outcomeOf(
    [...undelivered, ...unanswered.map((finding) => ({ ...finding, code: 'answer-not-decrypted' }))],
    `${failures} gestörte Anfragen an ${retry.path}, danach ${fault.passed()} angenommene; Nachricht und Antwort wurden entschlüsselt.`,
  );
}

const deviceOf = (
  context: EncryptionContext,
  person: Retry['person'],
  retry: Retry,
  { between }: Fault,
): Promise<CryptoDevice> => context.device(person, retry.person === person ? { between } : {});
