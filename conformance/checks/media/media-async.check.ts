import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { answering, onlyNth, setting, withBytes } from '../../lib/defect.ts';
import { fileHeaderFindings } from '../../lib/file-headers.ts';
import { valueAt } from '../../lib/json.ts';
import { expectError, expectStatus, expectThat, type Findings } from '../../lib/match.ts';
import { addressOf, createPath, download, downloadTemplate, fillTemplate, textFile } from '../../lib/media.ts';
import { premiseString } from '../../lib/premise.ts';

// An address may be had before the file: it is filled once, by the one who asked for it.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixmediav1create
export const check = conformanceCheck({
  meta: {
    id: 'conformance.media.media-async',
    title: 'Eine vorab vergebene Dateiadresse lässt sich genau einmal und nur von ihrem Besitzer füllen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 60_000,
    spec: clause('post_matrixmediav1create'),
  },
  counterexamples: [
    {
      title: 'Die Frist zum Hochladen ist schon vorbei',
      defect: { when: { path: createPath }, alter: setting(['unused_expires_at'], 1) },
      expectFinding: 'expired-at-once',
    },
    {
      title: 'Vor dem Hochladen gibt es schon eine Datei',
      defect: { when: { path: downloadTemplate }, alter: onlyNth(1, answering(200, {})) },
      expectFinding: 'served-before-upload',
    },
    {
      title: 'Eine fremde Person füllt die Adresse',
      defect: { when: { method: 'PUT', path: fillTemplate }, alter: onlyNth(1, answering(200, {})) },
      expectFinding: 'filled-by-stranger',
    },
    {
      title: 'Die Datei lässt sich überschreiben',
      defect: { when: { method: 'PUT', path: fillTemplate }, alter: onlyNth(3, answering(200, {})) },
      expectFinding: 'overwritten',
    },
    {
      title: 'Geliefert wird eine andere Datei',
      defect: { when: { path: downloadTemplate }, alter: onlyNth(2, withBytes(new Uint8Array([1]))) },
      expectFinding: 'bytes-differ',
    },
  ],
  async run(tools) {
    const { request, user, random, now } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const created = await request('POST', createPath, { session: alice, body: {} });
    const address = addressOf(premiseString(created, ['content_uri']));
    const [file, other] = [textFile(tools), textFile(tools)];
    const put = (session: typeof alice, params: typeof address, { bytes, type }: typeof file) =>
      request('PUT', fillTemplate, { params, session, headers: { 'content-type': type }, body: bytes });
    const query = { timeout_ms: '0' };
    const early = await request('GET', downloadTemplate, { params: address, session: bob, query });
    const byStranger = await put(bob, address, other);
    const uploaded = await put(alice, address, file);
    const again = await put(alice, address, other);
    const unknown = await put(alice, { ...address, mediaId: `unbekannt${random.word(16)}` }, file);
    const received = await download(request, bob, address);
    return outcomeOf(
      [
        ...expiryFindings(created, now()),
        ...expectError(
          early,
          { status: 504, errcode: 'M_NOT_YET_UPLOADED' },
          { code: 'served-before-upload', title: 'Vor dem Hochladen wird nicht gesagt, dass die Datei noch fehlt' },
        ),
        ...expectError(
          byStranger,
          { status: 403, errcode: 'M_FORBIDDEN' },
          { code: 'filled-by-stranger', title: 'Eine fremde Person kann die Adresse füllen' },
        ),
        ...expectStatus(uploaded, 200, { code: 'not-filled', title: 'Die Adresse lässt sich nicht füllen' }),
        ...expectError(
          again,
          { status: 409, errcode: 'M_CANNOT_OVERWRITE_MEDIA' },
          { code: 'overwritten', title: 'Eine hochgeladene Datei lässt sich überschreiben' },
        ),
        ...expectError(
          unknown,
          { status: 404, errcode: 'M_NOT_FOUND' },
          { code: 'unknown-address-filled', title: 'Eine nie vergebene Adresse wird nicht als solche gemeldet' },
        ),
        ...sameFile(received, file.bytes),
        ...fileHeaderFindings(received),
      ],
      'Vorher 504, Fremde 403, einmal gefüllt, danach 409, unverändert abgerufen',
    );
  },
});

/** The server need not say until when. */
function expiryFindings(answer: Answer, now: number): Findings {
  const expiresAt = valueAt(answer.json, ['unused_expires_at']);
  return expectThat(answer, expiresAt === undefined || Number(expiresAt) > now, {
    code: 'expired-at-once',
    title: 'Die Frist zum Hochladen ist schon bei der Vergabe vorbei',
    expected: 'ein Zeitpunkt in der Zukunft',
    observed: 'ein vergangener Zeitpunkt',
  });
}

const sameFile = (answer: Answer, bytes: Uint8Array): Findings =>
  expectThat(answer, answer.status === 200 && Buffer.from(answer.bytes).equals(bytes), {
    code: 'bytes-differ',
    title: 'Eine nachträglich gefüllte Adresse liefert nicht die Datei',
    expected: `dieselben ${bytes.length} Bytes`,
    observed: `Status ${answer.status} mit ${answer.bytes.length} Bytes`,
  });
