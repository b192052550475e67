import { processProvider } from '../deployment/providers/process.ts';
import { behavesAsReferenceDeployment } from './deployment/behaviours.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';

const tools = toolsHere();
const { postgresBin, redis, docker: _docker, ...withoutPostgres } = tools;
const synapse = tools.synapsePython;
const { nginx } = tools;

behavesAsReferenceDeployment({
  name: 'process with SQLite',
  provider: processProvider,
  tools: withoutPostgres,
  missing: requireParts({ synapse, nginx }),
});

behavesAsReferenceDeployment({
  name: 'process with PostgreSQL',
  provider: processProvider,
  tools,
  missing: requireParts({ synapse, nginx, postgresBin }),
});

behavesAsReferenceDeployment({
  name: 'process with workers',
  provider: processProvider,
  tools,
  variant: 'workers',
  missing: requireParts({ synapse, nginx, postgresBin, redis }),
});
