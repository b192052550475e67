import { type Text, textIn } from './text.ts';

/** Wrong use of the command line, a configuration or a target file. Exit code 2. The message says what, where and what to do in its first line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly text: Text;

  constructor(text: Text, options?: { cause?: unknown }) {
    super(textIn('en', text), options);
    this.text = text;
  }
}
