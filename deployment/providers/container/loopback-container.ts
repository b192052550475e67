import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { GenericContainer, PullPolicy } from 'testcontainers';
import { runLabel } from '../../guard/leftovers.ts';

/** Publishes its ports on 127.0.0.1 only and belongs to a run. Cleaning up is ours, so no reaper is started. */
export class LoopbackContainer extends GenericContainer {
  private readonly lines: string[] = [];

  constructor(image: string, runId: string) {
    super(image);
    this.withLogConsumer((stream) => this.keepLastLines(stream));
    this.withLabels({ [runLabel]: runId })
      .withAutoCleanup(false)
      .withPullPolicy(PullPolicy.neverPull());
  }

  /** What it wrote last, for the message when it did not become ready. */
  lastLines(): string {
    return this.lines.join('\n');
  }

  private keepLastLines(stream: Readable): void {
    createInterface({ input: stream }).on('line', (line) => {
      this.lines.push(line.trimEnd());
      if (this.lines.length > 15) this.lines.shift();
    });
  }

  protected override async beforeContainerCreated(): Promise<void> {
    const bindings: Record<string, { HostPort?: string; HostIp?: string }[]> = this.hostConfig.PortBindings ?? {};
    for (const ports of Object.values(bindings)) for (const port of ports) port.HostIp = '127.0.0.1';
  }
}
