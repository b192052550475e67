import { GenericContainer, PullPolicy } from 'testcontainers';
import { runLabel } from '../../guard/leftovers.ts';
import { type ContainerLog, createContainerLog } from './container-log.ts';

interface RunPlace {
  readonly runId: string;
  /** On this machine. */
  readonly logFile: string;
}

/** Publishes its ports on 127.0.0.1 only and belongs to a run. Cleaning up is ours, so no reaper is started. */
export class LoopbackContainer extends GenericContainer {
  private readonly log: ContainerLog;

  constructor(image: string, { runId, logFile }: RunPlace) {
    super(image);
    this.log = createContainerLog(logFile);
    this.withLogConsumer(this.log.take);
    this.withLabels({ [runLabel]: runId })
      .withAutoCleanup(false)
      .withPullPolicy(PullPolicy.neverPull());
  }

  /** What it wrote last, for the message when it did not become ready. */
  lastLines(): string {
    return this.log.lastLines();
  }

  protected override async beforeContainerCreated(): Promise<void> {
    const bindings: Record<string, { HostPort?: string; HostIp?: string }[]> = this.hostConfig.PortBindings ?? {};
    for (const ports of Object.values(bindings)) for (const port of ports) port.HostIp = '127.0.0.1';
  }
}
