// What a run of the encryption family leaves behind: enough to follow it, and none of the secrets it was about.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { discoverChecks } from '../cli/discover.ts';
import { asAnyFamily } from '../cli/families.ts';
import { runCampaign } from '../cli/run/campaign.ts';
import { instrumentVersions } from '../cli/run/instrument-versions.ts';
import type { Bench } from '../core/model/bench.ts';
import { sequenceMediaType } from '../core/model/sequence.ts';
import { systemClock } from '../core/system-clock.ts';
import { exampleRunStarted } from '../core/testing/examples.ts';
import { processProvider } from '../deployment/providers/process.ts';
import type { EncryptionFlow } from '../e2e/encryption/context.ts';
import { encryptionFamily } from '../e2e/encryption/family.ts';
import { meetInEncryptedRoom } from '../e2e/encryption/meeting.ts';
import { JournalWriter } from '../reports/journal/journal-writer.ts';
import { createRunFolder } from '../reports/journal/run-folder.ts';
import { keepCatalogue, loadRun } from '../reports/load-run.ts';
import { renderReport } from '../reports/render-report.ts';
import type { ReportModel } from '../reports/report-model.ts';
import { createTemporaryFolder } from '../reports/testing/folders.ts';
import { readCatalogue } from '../schemas/catalogue-reader.ts';
import { deploy } from './deployment/deploy.ts';
import { requireParts, toolsHere } from './deployment/tools.ts';
import { attentive, overheard, Secrets } from './encryption/secrets.ts';

const { docker: _d, redis: _r, ...tools } = toolsHere();
const missing = requireParts({ synapse: tools.synapsePython, nginx: tools.nginx });

/** Does what a person does with secrets: writes, corrects, sends a file, backs up, restores on a new device. */
const everySecret = (secrets: Secrets): EncryptionFlow => ({
  meta: {
    id: 'encryption.evidence.every-secret',
    title: 'Nichts Geheimes bleibt im Nachweis.',
    requirements: ['VE-03'],
    needs: [],
    timeoutMs: 120_000,
    standing: 'normative',
  },
  counterexamples: [{ title: 'keines', defect: ({ answer }) => answer, expectFinding: 'none' }],
  run: async (context) => {
    const words = Array.from({ length: 4 }, () => `kanarienwort${context.random.word(20)}`);
    const [text = '', corrected = '', fileName = '', fileText = ''] = words;
    secrets.note('file', fileName, fileText);
    const { alice, bob, roomId } = await meetInEncryptedRoom(context, `Prüfraum ${context.random.word(12)}`);
    const eventId = await alice.sendText(roomId, text);
    await bob.waitForMessage(roomId, eventId);
    await alice.edit(roomId, eventId, corrected);
    await alice.sendFile(roomId, fileName, new TextEncoder().encode(fileText));
    const recoveryKey = await alice.setUpBackup();
    const phone = await context.device('alice', { name: 'Telefon' });
    await phone.waitForRoom(roomId);
    await phone.restoreBackup(recoveryKey);
    const read = await phone.waitForMessage(roomId, eventId);
    return { kind: 'passed', observed: `Nach der Wiederherstellung: ${read.kind}.` };
  },
});

/** Further flows of the catalogue: a stranger's device, emojis, a file, a key that changes. */
const others = ['trust.unsigned-device', 'verification.sas-other', 'delivery.attachment', 'rotation.rotate-kick'];

describe.skipIf(missing !== undefined)(`evidence${missing === undefined ? '' : ` (${missing})`}`, () => {
  const temporary = createTemporaryFolder();
  const secrets = new Secrets();
  let model: ReportModel;
  let files: ReadonlyMap<string, string>;

  beforeAll(async () => {
    await using deployment = await deploy({ name: 'process', provider: processProvider, tools });
    const bench: Bench = { ...deployment.bench, send: overheard(deployment.bench.send, secrets) };
    const folder = createRunFolder(join(temporary.path, 'run'));
    {
      using journal = new JournalWriter(folder.journal, systemClock);
      const { requirements } = await readCatalogue();
      const catalogueSha256 = keepCatalogue(folder, requirements);
      const check = everySecret(secrets);
      const known = await discoverChecks(asAnyFamily(encryptionFamily));
      journal.append({ ...exampleRunStarted, target: bench.target, tools: await instrumentVersions(bench) });
      await runCampaign({
        bench,
        journal,
        evidenceFolder: folder.evidence,
        families: [
          {
            family: asAnyFamily(attentive(encryptionFamily, secrets)),
            checks: [
              { family: 'encryption', area: 'evidence', ...check, check: check as never },
              ...known.filter(({ meta }) => others.some((name) => meta.id === `encryption.${name}`)),
            ],
          },
        ],
        catalogueSha256,
        seed: 1,
        times: 1,
        known: new Map(),
        signal: new AbortController().signal,
        progress: { step: () => {}, checkDone: () => {} },
        concluded: new Set(),
      });
    }
    model = loadRun(folder.root);
    await renderReport(folder.root, model);
    files = new Map(
      globSync('**/*.*', { cwd: folder.root }).map((file) => [file, readFileSync(join(folder.root, file), 'utf8')]),
    );
  });

  afterAll(() => temporary[Symbol.dispose]());

  test('the flows did all they should', () => {
    expect(model.checks.map(({ id, outcome }) => `${id} ${outcome?.kind}`).toSorted()).toEqual(
      ['evidence.every-secret', ...others].map((name) => `encryption.${name} passed`).toSorted(),
    );
    expect(model.checks.map(({ outcome }) => outcome)).toContainEqual({
      kind: 'passed',
      observed: 'Nach der Wiederherstellung: decrypted.',
    });
    expect(secrets.kinds).toEqual(['file', 'one-time key', 'recovery key', 'room key', 'text of a message', 'token']);
  });

  test('no room key, one-time key, recovery key, token or text is in any file of the run', () => {
    expect(files.size).toBeGreaterThan(5);
    expect(secrets.leaksInto(files)).toEqual([]);
    const planted = new Map([...files, ['planted', `Sitzung ${secrets.one}`]]);
    expect(secrets.leaksInto(planted).length).toBeGreaterThan(0);
  });

  test('the libraries it was seen with are named, in the record and in the report', () => {
    for (const library of ['matrix-js-sdk', 'matrix-sdk-crypto-wasm', 'matrix-sdk-crypto', 'vodozemac']) {
      expect(model.run.tools).toHaveProperty([library], expect.stringMatching(/^\d+\.\d+\.\d+$/));
      expect(files.get('report/index.html')).toContain(`${library} ${model.run.tools[library]}`);
    }
  });

  test('what happened can be followed: relevant events, and 10 to 40 steps', () => {
    for (const { id, sequence } of model.checks) {
      expect([id, sequence?.steps.length]).toEqual([id, expect.toSatisfy((count) => count >= 10 && count <= 40)]);
    }
    const check = model.checks.find(({ id }) => id.endsWith('every-secret'));
    const steps = check?.sequence?.steps ?? [];
    expect(check?.evidence.some(({ mediaType }) => mediaType === sequenceMediaType)).toBe(true);
    const text = steps.map((step) => `${step.from} → ${step.to}: ${step.text}`).join('\n');
    expect(text).toMatch(/alice → Homeserver: Schlüssel hochgeladen: Geräteschlüssel, \d+ Einmalschlüssel/);
    expect(text).toMatch(/alice → Homeserver: Ereignis m\.room\.encrypted \(Megolm, Sitzung …\S{4}\)/);
    expect(text).toMatch(/Homeserver → bob: An dieses Gerät von alice: m\.room\.encrypted \(Olm\)/);
    expect(text).toContain('alice → Homeserver: In die Sicherung gelegt');
    expect(files.get('report/index.html')).toContain('<svg class="sequence"');
    const events = check?.evidence.find(({ name }) => name === 'Schlüssel und Nachrichten')?.file ?? 'none';
    expect(files.get(events)).toMatch(/"request": "PUT \/sendToDevice\/m\.room\.encrypted/);
    expect(files.get(events)).toContain('«secret, 43 characters»');
  });
});
