import journalEntrySchema from '../../schemas/suite/journal-entry.schema.json' with { type: 'json' };
import { createValidator } from '../../schemas/validator.ts';

/** Empty when the value is a journal entry. */
export const journalEntryProblems = createValidator(journalEntrySchema);
