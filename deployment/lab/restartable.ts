/** Something that runs and can be away for a while. */
export interface Restartable extends AsyncDisposable {
  /** Resolves when it is gone; disposing starts it again and resolves when it is back. */
  outage(): Promise<AsyncDisposable>;
}

export async function startRestartable(start: () => Promise<AsyncDisposable>): Promise<Restartable> {
  let running: AsyncDisposable | undefined = await start();
  let isOver = false;
  const stop = async () => {
    const [stopping] = [running];
    running = undefined;
    await stopping?.[Symbol.asyncDispose]();
  };
  return {
    outage: async () => {
      await stop();
      return {
        [Symbol.asyncDispose]: async () => {
          if (!isOver) running ??= await start();
        },
      };
    },
    [Symbol.asyncDispose]: async () => {
      isOver = true;
      await stop();
    },
  };
}
