import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { apis } from '../matrix/api.ts';
import { importSpecification } from './import-specification.ts';
import { writeOutput } from './write-output.ts';

const outputFolder = join(import.meta.dirname, '../matrix/v1.19');

const [dataFolder, ...rest] = process.argv.slice(2);
if (dataFolder === undefined || rest.length > 0 || !existsSync(join(dataFolder, 'event-schemas'))) {
  console.error(
    `expected one argument, the data folder of a matrix-spec checkout at tag v1.19, got ${JSON.stringify(process.argv.slice(2))}`,
  );
  process.exitCode = 2;
} else {
  const imported = importSpecification(dataFolder, apis);
  const removed = writeOutput(outputFolder, imported.files);
  const bytes = [...imported.files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  console.log(
    `${imported.operationCount} operations (${apis.join(', ')}), ${imported.jsonResponseCount} responses in JSON`,
  );
  console.log(`${imported.eventCount} event schemas, ${imported.definitionCount} shared definitions including them`);
  console.log(`${imported.files.size} files, ${bytes} bytes; ${removed.length} files removed`);
  console.log(`documented twice, merged: ${imported.merged.join(', ')}`);
  const { types, keys } = imported.normalised;
  console.log(`types normalised in ${types.length} places:`);
  for (const line of types) console.log(`  ${line}`);
  console.log(`formats of keys made binding in ${keys.length} places:`);
  for (const line of keys) console.log(`  ${line}`);
}
