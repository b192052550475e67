import { containerProvider } from '../deployment/providers/container.ts';
import { processProvider } from '../deployment/providers/process.ts';
import { behavesAsReferenceDeployment } from './deployment/behaviours.ts';
import { answeringEngine, requireParts, toolsHere } from './deployment/tools.ts';

const tools = toolsHere();
const { docker: _, ...processTools } = tools;
const { postgresBin, redis, ...withoutPostgres } = processTools;
const { synapsePython: synapse, nginx } = tools;

behavesAsReferenceDeployment({
  name: 'process with SQLite',
  provider: processProvider,
  tools: withoutPostgres,
  endings: ['SIGKILL', 'SIGINT', 'SIGTERM'],
  missing: requireParts({ synapse, nginx }),
});

behavesAsReferenceDeployment({
  name: 'process with PostgreSQL',
  provider: processProvider,
  tools: processTools,
  missing: requireParts({ synapse, nginx, postgresBin }),
});

behavesAsReferenceDeployment({
  name: 'process with workers',
  provider: processProvider,
  tools: processTools,
  variant: 'workers',
  missing: requireParts({ synapse, nginx, postgresBin, redis }),
});

behavesAsReferenceDeployment({
  name: 'container',
  provider: containerProvider,
  tools,
  missing: requireParts(await answeringEngine(tools.docker)),
});
