import { describe, expect, it } from 'vitest';
import {
  automaticRequirement,
  checkFinished,
  exampleFinding,
  exampleOutcomes,
  exampleRunStarted,
  plannedCheck,
  planWritten,
} from '../../core/testing/examples.ts';
import type { ReportModel } from '../report-model.ts';
import { entriesOf, modelOf } from '../testing/example-model.ts';
import { htmlRenderer } from './html.renderer.ts';
import { junitRenderer } from './junit.renderer.ts';

const requirement = automaticRequirement('SI-01');
const { passed, failed } = exampleOutcomes;
const plan = planWritten(plannedCheck('policy.a', ['SI-01'], { spec: 'https://example.org/rule' }));

const bodyOf = (model: ReportModel) => htmlRenderer.render(model).replace(/<style>.*?<\/style>/s, '');

describe('the HTML report', () => {
  it('shows a waived requirement as accepted', () => {
    const model = modelOf([requirement], [plan, checkFinished('policy.a', passed)]);
    const verdicts = model.verdicts.map((row) => ({ ...row, verdict: { ...row.verdict, kind: 'accepted' as const } }));
    const accepted = { ...model, verdicts, verdictCounts: { ...model.verdictCounts, met: 0, accepted: 1 } };
    expect(bodyOf(accepted)).toContain('<strong><span aria-hidden="true">◐</span> 1</strong> akzeptiert');
    expect(bodyOf(accepted)).toContain('Akzeptiert (1)');
  });

  it('says that nothing stands in the way when nothing does', () => {
    const body = bodyOf(modelOf([requirement], [plan, checkFinished('policy.a', passed)]));
    expect(body).toContain('Die Stufe kann freigegeben werden');
    expect(body).toContain('Nichts: Keine Anforderung ist verletzt, und kein Nachweis fehlt.');
  });

  it('says of a run without catalogue that nothing could be judged, and shows no counts', () => {
    const body = bodyOf(
      modelOf([], [], { entries: entriesOf([exampleRunStarted]), problems: ['catalogue.json fehlt'] }),
    );
    expect(body).toContain('Kein Urteil: Dieser Lauf ist nicht unversehrt');
    expect(body).toContain('Über keine Anforderung konnte geurteilt werden.');
    expect(body).toContain('Dieser Lauf hat keine Prüfung geplant.');
    expect(body).not.toContain('class="counts"');
  });

  it('links a rule only where it is an https address', () => {
    expect(bodyOf(modelOf([requirement], [plan]))).toContain('<a href="https://example.org/rule">');
    for (const spec of [
      'javascript:alert(1)',
      'data:text/html,x',
      'http://example.org',
      ' https://example.org',
      'RFC 8996',
    ]) {
      const body = bodyOf(modelOf([requirement], [planWritten(plannedCheck('policy.a', ['SI-01'], { spec }))]));
      expect(body, spec).not.toContain(`href="${spec}`);
      expect(body, spec).toContain(spec);
    }
  });

  it('folds a long list of passed checks and names what did not pass', () => {
    const ids = Array.from({ length: 8 }, (_, index) => `policy.c${index}`);
    const finished = ids.map((id, index) => checkFinished(id, index === 7 ? failed : passed));
    const body = bodyOf(
      modelOf([requirement], [planWritten(...ids.map((id) => plannedCheck(id, ['SI-01']))), ...finished]),
    );
    expect(body).toContain('<summary>7 bestandene Prüfungen</summary>');
    expect(body.indexOf('</span> Abweichung</span>: ')).toBeLessThan(body.indexOf('7 bestandene Prüfungen'));
  });

  it('leads from a violated requirement to its finding and back', () => {
    const body = bodyOf(modelOf([requirement], [plan, checkFinished('policy.a', failed)]));
    expect(body).toContain(`<a href="#abweichung-1">${exampleFinding.title}</a>`);
    expect(body).toContain('<article class="finding" id="abweichung-1"');
    expect(body).toContain('<a href="#SI-01">SI-01</a>');
    expect(body).toContain('<a href="#policy.a">Prüfung policy.a</a>');
  });
});

describe('the JUnit report', () => {
  it('never counts as passed what is open, broken or not run', () => {
    const outcomes = Object.entries(exampleOutcomes);
    const checks = [...outcomes.map(([kind]) => kind), 'never'].map((kind) =>
      plannedCheck(`policy.${kind}`, ['SI-01']),
    );
    const finished = outcomes.map(([kind, outcome]) => checkFinished(`policy.${kind}`, outcome));
    const xml = junitRenderer.render(modelOf([requirement], [planWritten(...checks), ...finished]));
    expect(xml).toContain('tests="6" failures="1" errors="1" skipped="3"');
  });

  it('stays whole XML whatever a target answers', () => {
    const finding = { ...exampleFinding, observed: ']]> ]]> <a> & \u0000\u001b\uD800' };
    const hostile = checkFinished('policy.a', { kind: 'failed', findings: [finding] });
    const xml = junitRenderer.render(modelOf([requirement], [plan, hostile]));
    expect(xml.match(/<!\[CDATA\[/g)).toHaveLength(1);
    expect(xml.match(/\]\]>/g)).toHaveLength(1);
    expect(xml).toContain('⟨U+0000⟩⟨U+001B⟩⟨U+D800⟩');
  });
});
