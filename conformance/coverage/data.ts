import { fileURLToPath } from 'node:url';
import operationsSchema from '../../schemas/suite/operations.schema.json' with { type: 'json' };
import { readData } from '../../schemas/suite/read-data.ts';
import rowsSchema from '../../schemas/suite/rows.schema.json' with { type: 'json' };
import type { Declarations } from './operations.ts';
import type { RowTable } from './rows.ts';

const pathOf = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));

export const readRowTable = (): Promise<RowTable> => readData(pathOf('rows.yaml'), rowsSchema);

export const readDeclarations = (): Promise<Declarations> => readData(pathOf('operations.yaml'), operationsSchema);
