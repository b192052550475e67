import { readOperationFacts } from './bundle.ts';
import { createOperationTable, type OperationTable, operationFromFacts } from './operation-table.ts';

export type { Operation, OperationTable } from './operation-table.ts';
export { type Validation, validateEvent, validateResponse } from './validate.ts';

let table: OperationTable | undefined;

/** The operations of the specification that were imported; read once. */
export function loadOperations(): OperationTable {
  table ??= createOperationTable(readOperationFacts().map(({ api, facts }) => operationFromFacts(api, facts)));
  return table;
}
