import type { JournalEntry, JournalEvent } from '../../core/model/journal-entry.ts';
import { exampleRunStarted } from '../../core/testing/examples.ts';
import type { Requirement } from '../../requirements/catalogue.ts';
import { type ModelInput, type ReportModel, reportModelFrom } from '../report-model.ts';

export const finishedEvent: JournalEvent = { type: 'runFinished', durationMs: 1000, interrupted: false };

/** Entries as a journal would hold them, one second apart; digests are not looked at here. */
export const entriesOf = (events: readonly JournalEvent[]): readonly JournalEntry[] =>
  events.map((event, number) => ({
    number,
    at: new Date(Date.UTC(2026, 10, 23, 9, 0, number)).toISOString(),
    previous: '0'.repeat(64),
    event,
  }));

/** The model of a whole run with these events between its start and its end. */
export function modelOf(
  requirements: readonly Requirement[],
  events: readonly JournalEvent[],
  more: Partial<ModelInput> = {},
): ReportModel {
  const model = reportModelFrom({
    entries: entriesOf([exampleRunStarted, ...events, finishedEvent]),
    requirements,
    lastLineSha256: 'f'.repeat(64),
    problems: [],
    torn: false,
    ...more,
  });
  if (model === undefined) throw new Error('no run in these entries');
  return model;
}
