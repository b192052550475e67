import { type Language, type Text, textIn } from '../../core/model/text.ts';

type State = 'waiting' | 'running' | 'done' | 'failed';

interface Row {
  readonly title: string;
  state: State;
  startedMs: number;
  tookMs: number;
  detail: string;
}

export interface ProgressOutput {
  readonly isTTY: boolean;
  readonly columns: number;
  write(text: string): void;
}

/** One line per step: redrawn in place on a terminal, else a line when it begins and one when it has ended. */
export interface Progress extends Disposable {
  begin(name: string): void;
  say(name: string, detail: Text): void;
  done(name: string): void;
  /** Why is told when all steps have ended, where a line may be as long as it needs. */
  failed(name: string): void;
}

export interface ProgressOptions {
  readonly titles: ReadonlyMap<string, Text>;
  readonly language: Language;
  readonly output: ProgressOutput;
  readonly now: () => number;
}

const redrawMs = 250;
const signs: Record<State, string> = { waiting: ' ', running: '·', done: '✔', failed: '✘' };

export function createProgress({ titles, language, output, now }: ProgressOptions): Progress {
  const rows = new Map<string, Row>();
  for (const [name, title] of titles) {
    rows.set(name, { title: textIn(language, title), state: 'waiting', startedMs: 0, tookMs: 0, detail: '' });
  }
  const screen = output.isTTY ? drawInPlace(rows, output, now) : drawLines(output, now);
  const change = (name: string, alter: (row: Row) => void) => {
    const row = rows.get(name);
    if (row === undefined) return;
    const before = row.state;
    alter(row);
    screen.changed(row, row.state !== before);
  };
  const end = (state: State) => (row: Row) => {
    row.state = state;
    row.tookMs = now() - row.startedMs;
    row.detail = '';
  };
  return {
    begin: (name) => change(name, (row) => Object.assign(row, { state: 'running', startedMs: now() })),
    say: (name, detail) => change(name, (row) => Object.assign(row, { detail: textIn(language, detail) })),
    done: (name) => change(name, end('done')),
    failed: (name) => change(name, end('failed')),
    [Symbol.dispose]: () => screen.close(),
  };
}

interface Screen {
  changed(row: Row, stateToo: boolean): void;
  close(): void;
}

function drawLines(output: ProgressOutput, now: () => number): Screen {
  return { changed: (row) => output.write(`${lineOf(row, now)}\n`), close: () => {} };
}

function drawInPlace(rows: ReadonlyMap<string, Row>, output: ProgressOutput, now: () => number): Screen {
  let drawn = 0;
  const draw = () => {
    const lines = [...rows.values()].map((row) => lineOf(row, now).slice(0, output.columns - 1));
    output.write(`${drawn > 0 ? `\u001B[${drawn}A` : ''}${lines.map((line) => `\u001B[2K${line}\n`).join('')}`);
    drawn = lines.length;
  };
  const timer = setInterval(draw, redrawMs);
  return {
    changed: draw,
    close: () => {
      clearInterval(timer);
      draw();
    },
  };
}

function lineOf({ title, state, startedMs, tookMs, detail }: Row, now: () => number): string {
  const elapsedMs = state === 'running' ? now() - startedMs : tookMs;
  const seconds = state === 'waiting' ? '' : ` (${(elapsedMs / 1000).toFixed(0)} s)`;
  return `${signs[state]} ${title}${seconds}${detail ? ` – ${detail}` : ''}`;
}
