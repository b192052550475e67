import { showFailure } from './failure.ts';

// Loaded late: most SDK modules read the configuration the moment they are imported.
import('./start.ts').then(({ start }) => start()).catch(showFailure);
