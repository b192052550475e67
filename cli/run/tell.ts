import { type Text, textIn } from '../../core/model/text.ts';
import { languageOf } from '../language.ts';

/** One line of progress, in the language of the person at the terminal; stdout stays free for results. */
export function tell(text: Text): void {
  console.error(`· ${textIn(languageOf(process.env), text)}`);
}
