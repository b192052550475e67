import { oncePer } from '../once.ts';
import type { Api } from './api.ts';
import { readOperationFacts } from './bundle.ts';
import { createOperationTable, type OperationTable, operationFromFacts } from './operation-table.ts';

export type { Operation, OperationTable } from './operation-table.ts';
export { type Validation, validateEvent, validateRequest, validateResponse } from './validate.ts';

const tableOf = oncePer((api: Api) =>
  createOperationTable(readOperationFacts(api).map((facts) => operationFromFacts(api, facts))),
);

/** The operations of one API; read once. A table never knows those of another: what a client is answered is no answer to a server. */
export function loadOperations(api: Api = 'client-server'): OperationTable {
  return tableOf(api);
}
