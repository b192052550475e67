import type { VirtualUser } from './virtual-user.ts';

/** What a person was decided to write, each message at its time, whatever became of those before. */
export async function writeMessages(user: VirtualUser): Promise<void> {
  for (const message of user.messages) {
    await user.until(message.atMs);
    user.send(message);
  }
}
