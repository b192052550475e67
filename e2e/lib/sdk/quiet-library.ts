import { silenceGlobalLog } from './log.ts';

// To be imported before the library: parts of it hold on to the console as they find it when they are loaded.
silenceGlobalLog();
