import { describe, expect, it } from 'vitest';
import type { Reason } from '../../core/judge/verdict.ts';
import {
  automaticRequirement,
  checkFinished,
  exampleOutcomes,
  exampleRunStarted,
  exampleTarget,
  manualRequirement,
  plannedCheck,
  planWritten,
} from '../../core/testing/examples.ts';
import type { Requirement } from '../../requirements/catalogue.ts';
import { entriesOf, finishedEvent, modelOf } from '../testing/example-model.ts';
import { absentText, decisionOn, reservations, subjectText } from './decision.ts';
import { figureTexts } from './figures.ts';
import { openCauseOf } from './open-questions.ts';
import { reasonText } from './reasons.ts';
import { capitalised, counted, durationText, numberText, sentence, shortened, sizeText, timeText } from './wording.ts';

const si01 = automaticRequirement('SI-01');
const plan = planWritten(plannedCheck('a', ['SI-01']), plannedCheck('b', ['SI-02']));
const { passed, failed, inconclusive, notApplicable, rigFault } = exampleOutcomes;

describe('decisionOn', () => {
  const both: readonly Requirement[] = [si01, automaticRequirement('SI-02')];
  const conclude = (a: typeof passed, b: typeof passed) => [plan, checkFinished('a', a), checkFinished('b', b)];

  it.each([
    ['all is met', conclude(passed, passed), 'go', 'Die Stufe kann freigegeben werden'],
    ['nothing stands against it', conclude(passed, notApplicable), 'go', 'Die Stufe kann freigegeben werden'],
    ['one is violated', conclude(failed, inconclusive), 'stop', 'Keine Freigabe: Eine Anforderung ist verletzt'],
    ['two are violated', conclude(failed, failed), 'stop', 'Keine Freigabe: 2 Anforderungen sind verletzt'],
    ['something is open', conclude(passed, rigFault), 'open', 'Keine Freigabe: Nachweise fehlen'],
  ] as const)('is right when %s', (_when, events, look, head) => {
    expect(decisionOn(modelOf(both, events))).toMatchObject({ look, head });
  });

  it('counts in plain German', () => {
    expect(decisionOn(modelOf(both, conclude(failed, inconclusive))).text).toMatch(
      /^Von 2 Anforderungen ist 1 verletzt und 1 nicht bewertet\. /,
    );
    expect(decisionOn(modelOf(both, conclude(rigFault, inconclusive))).text).toMatch(
      /^Keine Anforderung ist verletzt, aber von 2 Anforderungen sind 2 nicht bewertet\./,
    );
  });

  it('does not release a run that broke off, even when nothing is open', () => {
    const entries = entriesOf([exampleRunStarted, ...conclude(passed, passed)]);
    const model = modelOf(both, [], { entries });
    expect(decisionOn(model)).toMatchObject({ look: 'open', head: 'Keine Freigabe: Der Lauf ist unvollständig' });
    expect(reservations(model)[0]).toMatch(/^Der Lauf ist vor seinem Ende abgebrochen\./);
  });

  it('judges nothing where the journal was altered, even over a violation', () => {
    const model = modelOf(both, conclude(failed, failed), { problems: ['Zeile 3 wurde verändert'] });
    expect(decisionOn(model).head).toBe('Kein Urteil: Dieser Lauf ist nicht unversehrt');
    expect(reservations(model)).toEqual(['Zeile 3 wurde verändert.']);
  });

  it('tells that a run was interrupted and what was left out', () => {
    const interrupted = { ...finishedEvent, interrupted: true } as typeof finishedEvent;
    const entries = entriesOf([exampleRunStarted, { ...plan, leftOut: ['load', 'encryption'] }, interrupted]);
    expect(reservations(modelOf(both, [], { entries }))).toEqual([
      'Der Lauf wurde vor seinem Ende abgebrochen. Was danach gekommen wäre, fehlt.',
      'Auf Wunsch ausgelassen wurden die Prüfungen zu: Last, Verschlüsselung. Was nur sie zeigen könnten, ist nicht bewertet.',
    ]);
  });
});

describe('subjectText', () => {
  it('says of the reference deployment that it is no deployment of the authority', () => {
    expect(subjectText(modelOf([], []))).toContain('nicht für eine Installation der Verwaltung');
    expect([absentText(1), absentText(3)]).toEqual([
      'Gegenüber dem BundesMessenger fehlt ihr ein Bestandteil.',
      'Gegenüber dem BundesMessenger fehlen ihr 3 Bestandteile.',
    ]);
  });

  it('names a remote deployment', () => {
    const target = { ...exampleTarget, provider: 'remote', name: 'Staging' } as const;
    const entries = entriesOf([{ ...exampleRunStarted, target }]);
    expect(subjectText(modelOf([], [], { entries }))).toBe('Geprüft wurde die Installation „Staging“.');
  });
});

describe('openCauseOf', () => {
  it.each([
    ['thisRun', si01, [plan, checkFinished('a', inconclusive)]],
    ['thisRun', si01, [plan, checkFinished('a', rigFault)]],
    ['thisRun', si01, [plan]],
    ['partly', automaticRequirement('SI-01', ['Rest.']), [plan, checkFinished('a', passed)]],
    ['noCheck', si01, []],
    ['human', manualRequirement('SI-01'), []],
  ] as const)('is %s for %#', (cause, requirement, events) => {
    const [row] = modelOf([requirement], events).verdicts;
    expect(row && openCauseOf(row)).toBe(cause);
  });
});

describe('reasonText', () => {
  it.each<[Reason, string]>([
    [{ kind: 'finding', check: 'a', title: 'TLS 1.0' }, 'Abweichung (a): TLS 1.0.'],
    [
      {
        kind: 'knownDeviation',
        check: 'a',
        title: 'Antwort 400',
        issue: 'https://example.org/1',
        text: 'Gemeldet.',
        until: '2027-03-31',
      },
      'Bekannte Abweichung, akzeptiert bis 31. März 2027 (a): Antwort 400. Gemeldet. https://example.org/1',
    ],
    [{ kind: 'noCheck' }, 'Keine Prüfung: In diesem Lauf war keine Prüfung dafür vorgesehen.'],
    [{ kind: 'notRun', check: 'a' }, 'Nicht ausgeführt (a): Die Prüfung war geplant und wurde nicht ausgeführt.'],
    [{ kind: 'inconclusive', check: 'a', text: 'Unklar.' }, 'Ohne Ergebnis (a): Unklar.'],
    [{ kind: 'rigFault', check: 'a', text: 'k6 endete' }, 'Prüfstand gestört (a): k6 endete.'],
    [{ kind: 'notApplicable', check: 'a', text: 'Kein TLS.' }, 'Nicht anwendbar (a): Kein TLS.'],
    [{ kind: 'open', text: 'Noch nicht geprüft ist X.' }, 'Noch offen: Noch nicht geprüft ist X.'],
    [{ kind: 'humanEvidenceMissing', text: 'Ein Vertrag.' }, 'Nachweis durch Menschen fehlt: Ein Vertrag.'],
  ])('puts %j into one line', (reason, text) => {
    expect(reasonText(reason)).toBe(text);
  });
});

describe('figureTexts', () => {
  it('puts the telling figures first, the generator apart, and shows an unknown one by its key', () => {
    const figures = {
      constructor: 1,
      generatorPeakKib: 2048,
      brandNew: 2,
      deliveryP95Ms: 183.254,
      users: 200,
      lostShare: 0.015,
    };
    expect(figureTexts(figures).map(({ group, label, value }) => `${group}: ${label} = ${value}`)).toEqual([
      'result: Simulierte Personen = 200',
      'result: Zustellzeit, 95 von 100 schneller als = 183,25 ms',
      'generator: Speicher höchstens = 2 MiB',
      'result: constructor = 1',
      'result: brandNew = 2',
      'result: lostShare = 1,5 %',
    ]);
  });
});

describe('wording', () => {
  it.each([
    [0, '0 ms'],
    [999.4, '999 ms'],
    [1000, '1 s'],
    [13_750, '13,8 s'],
    [59_940, '59,9 s'],
    [59_960, '1 min 0 s'],
    [119_700, '2 min 0 s'],
    [3_725_000, '62 min 5 s'],
  ])('says %d ms as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });

  it.each([
    [1, '1 Byte'],
    [1023, '1.023 Byte'],
    [1024, '1 KiB'],
    [150_000, '146 KiB'],
    [3_250_000, '3,1 MiB'],
  ])('says %d bytes as %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });

  it('tells times as in Berlin and names the zone, in summer and winter', () => {
    expect(timeText('2026-11-23T09:00:00.000Z')).toBe('23. November 2026 um 10:00 Uhr MEZ');
    expect(timeText('2026-07-01T22:30:00Z')).toBe('2. Juli 2026 um 00:30 Uhr MESZ');
  });

  it('counts, capitalises and ends sentences', () => {
    expect([counted(1, 'Konto', 'Konten'), counted(1200, 'Konto', 'Konten')]).toEqual(['1 Konto', '1.200 Konten']);
    expect([numberText(0.125), capitalised('offen'), capitalised('')]).toEqual(['0,13', 'Offen', '']);
    expect([shortened('kurz', 4), shortened('länger', 4), shortened('😀😀😀', 2)]).toEqual(['kurz', 'län…', '😀…']);
    expect(['Fertig', 'Fertig.', 'Wie?', 'so „genannt.“'].map(sentence)).toEqual([
      'Fertig.',
      'Fertig.',
      'Wie?',
      'so „genannt.“',
    ]);
  });
});
