import { GenericContainer, PullPolicy } from 'testcontainers';
import { runLabel } from '../../guard/leftovers.ts';

/** Publishes its ports on 127.0.0.1 only and belongs to a run. Cleaning up is ours, so no reaper is started. */
export class LoopbackContainer extends GenericContainer {
  constructor(image: string, runId: string) {
    super(image);
    this.withLabels({ [runLabel]: runId })
      .withAutoCleanup(false)
      .withPullPolicy(PullPolicy.neverPull());
  }

  protected override async beforeContainerCreated(): Promise<void> {
    const bindings: Record<string, { HostPort?: string; HostIp?: string }[]> = this.hostConfig.PortBindings ?? {};
    for (const ports of Object.values(bindings)) for (const port of ports) port.HostIp = '127.0.0.1';
  }
}
