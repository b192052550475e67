import { containerProvider } from '../../deployment/providers/container.ts';
import { processProvider } from '../../deployment/providers/process.ts';
import { deploy } from './deploy.ts';

/** Deploys what its argument says, prints the run's id and waits to be killed. */
const { provider, tools, variant } = JSON.parse(process.argv[2] ?? '{}');
const providers = { process: processProvider, container: containerProvider };
const { runId } = await deploy({ name: 'owner', provider: providers[provider as 'process'], tools, variant });
process.stdout.write(`${runId}\n`);
setInterval(() => {}, 60_000);
