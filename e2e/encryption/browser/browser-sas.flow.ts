import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import type { EncryptionFlow } from '../context.ts';
import { forgettingTrust } from '../defects/weak-devices.ts';
import { confirmSame, expectTrust } from '../verification/comparison.ts';
import { askBob, mutualTrust, mutualTrustAfter } from '../verification/pairs.ts';
import { changedMacFor, swappedComparisonKeyFor } from '../verification/swapped-keys.ts';
import { meetWithBrowser } from './browser-meeting.ts';

/** The comparison of emojis between a browser and a device outside. */
export const browserSas: EncryptionFlow = {
  meta: {
    id: 'encryption.browser.browser-sas',
    title: 'Ein Gerät im Browser und eines außerhalb bestätigen einander durch Vergleich der Emojis.',
    requirements: ['VE-08'],
    needs: ['accounts', 'mayMutate', 'chromium'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#short-authentication-string-sas-verification',
    standing: 'normative',
    rows: ['e2e-sas-other', 'e2e-cross-client'],
  },
  counterexamples: [
    {
      title: 'Der Server vertauscht den Schlüssel, mit dem das Gerät im Browser vergleicht.',
      defect: swappedComparisonKeyFor('alice'),
      expectFinding: 'emojis-differ',
    },
    {
      title: 'Der Server verändert, was das Gerät im Browser über seine Schlüssel sagt.',
      defect: changedMacFor('bob'),
      expectFinding: 'not-done',
    },
    {
      title: 'Das Gerät im Browser vergisst, dass bob bestätigt wurde.',
      defect: forgettingTrust('alice'),
      expectFinding: 'not-trusted',
    },
  ],
  run: async (context) => {
    const meeting = await meetWithBrowser(context);
    const before = await mutualTrust(meeting);
    if (Object.values(before).some(Boolean)) return inconclusive('void: Die beiden galten schon als bestätigt.');
    const broken = await confirmSame(await askBob(meeting));
    return outcomeOf(
      broken.length > 0 ? broken : expectTrust(await mutualTrustAfter(meeting)),
      'Dieselben Emojis im Browser und außerhalb; danach gilt jede Seite der anderen als bestätigt.',
    );
  },
};
