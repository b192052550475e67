import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { dispositionOf } from '../../lib/content-disposition.ts';
import { withHeader } from '../../lib/defect.ts';
import { pngOf } from '../../lib/image.ts';
import { expectThat, type Findings } from '../../lib/match.ts';
import { download, type File, downloadTemplate as path, stored } from '../../lib/media.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

const text = (type: string, content: string): File => ({ type, bytes: new TextEncoder().encode(content) });

const harmless: readonly File[] = [
  { type: 'image/png', bytes: pngOf({ width: 8, height: 8 }) },
  text('text/plain', 'Pruefstand'),
];

const active: readonly File[] = [
  text('text/html', '<script>1</script>'),
  text('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
  text('application/javascript', '1'),
  text('application/xhtml+xml', '<html xmlns="http://www.w3.org/1999/xhtml"/>'),
];

// Pictures and text are shown in place; what could run code in the browser is only ever saved.
// https://spec.matrix.org/v1.19/client-server-api/#serving-inline-content
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-inline',
    title: 'Bilder und Text werden angezeigt, Dateien mit ausführbarem Inhalt nur zum Speichern angeboten',
    requirements: ['SI-19', 'KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('serving-inline-content'),
  },
  counterexamples: [
    {
      title: 'Auch eine HTML-Seite wird im Browser angezeigt',
      defect: { when: { path }, alter: withHeader('content-disposition', 'inline') },
      expectFinding: 'active-content-inline',
    },
    {
      title: 'Auch ein Bild wird nur zum Speichern angeboten',
      defect: { when: { path }, alter: withHeader('content-disposition', 'attachment') },
      expectFinding: 'harmless-content-attached',
    },
  ],
  async run(tools) {
    const alice = await tools.user('alice');
    const findings: Findings[] = [];
    for (const file of active) findings.push(activeFindings(await roundTrip(tools, alice, file), file));
    for (const file of harmless) findings.push(harmlessFindings(await roundTrip(tools, alice, file), file));
    return outcomeOf(
      findings.flat(),
      `${active.length} Arten mit ausführbarem Inhalt nur zum Speichern, ${harmless.length} harmlose zur Anzeige`,
    );
  },
});

async function roundTrip({ request }: Tools, session: Session, file: File): Promise<Answer> {
  return premise(await download(request, session, await stored(request, session, file)));
}

const kindOf = ({ headers }: Answer): string => dispositionOf(headers['content-disposition'])?.kind ?? 'keine Angabe';

/** A server may also take away the type that makes it dangerous. */
function activeFindings(answer: Answer, { type }: File): Findings {
  const isDisarmed = !(answer.headers['content-type'] ?? '').startsWith(type);
  return expectThat(answer, kindOf(answer) === 'attachment' || isDisarmed, {
    code: 'active-content-inline',
    title: `Eine Datei mit ausführbarem Inhalt (${type}) würde im Browser angezeigt`,
    expected: 'Content-Disposition attachment',
    observed: kindOf(answer),
  });
}

const harmlessFindings = (answer: Answer, { type }: File): Findings =>
  expectThat(answer, kindOf(answer) === 'inline', {
    code: 'harmless-content-attached',
    title: `Eine harmlose Datei (${type}) wird nur zum Speichern angeboten`,
    expected: 'Content-Disposition inline',
    observed: kindOf(answer),
  });
