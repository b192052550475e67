import type { Text } from '../../core/model/text.ts';
import type { LiveFigures } from '../../load/generator/live/live-figures.ts';
import { startLiveServer } from '../../load/generator/live/live-server.ts';
import { languageOf } from '../language.ts';
import { tell } from '../run/tell.ts';
import { createLiveLine } from './live-line.ts';

/** Line and page that show a load run; `shown` goes to what plays it. */
export interface Live extends AsyncDisposable {
  readonly shown: { onProgress(text: Text): void; onFigures(figures: LiveFigures): void };
}

export async function startLive(scenario: string): Promise<Live> {
  const server = await startLiveServer(scenario);
  const line = createLiveLine(process.stderr, languageOf(process.env));
  tell({ en: `The run as it goes on: ${server.url}`, de: `Der Lauf im Bild: ${server.url}` });
  return {
    shown: {
      onProgress: (text) => {
        line.leave();
        tell(text);
      },
      onFigures: (figures) => {
        line.show(figures);
        server.show(figures);
      },
    },
    [Symbol.asyncDispose]: async () => {
      line.leave();
      await server[Symbol.asyncDispose]();
    },
  };
}
