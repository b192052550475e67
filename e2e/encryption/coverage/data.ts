import { fileURLToPath } from 'node:url';
import encryptionRowsSchema from '../../../schemas/suite/encryption-rows.schema.json' with { type: 'json' };
import { readData } from '../../../schemas/suite/read-data.ts';
import type { EncryptionTable } from './cover.ts';

const path = fileURLToPath(new URL('../rows.yaml', import.meta.url));

export const readEncryptionTable = (): Promise<EncryptionTable> => readData(path, encryptionRowsSchema);
