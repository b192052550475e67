import type { Finding } from '../../../core/model/finding.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import { getAccountData, globalDataTemplate, setAccountData } from '../../lib/account-data.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import { setting } from '../../lib/defect.ts';
import { canonicalJson, valueAt } from '../../lib/json.ts';
import { expectEqual, expectStatus, expectThat, shown } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import { syncTemplate } from '../../lib/sync.ts';
import { arrivalMs, globalAccountData, syncStart } from '../../lib/sync-sections.ts';
import type { Tools } from '../../lib/tools.ts';

const type = 'de.pruefstand.emptied';
const neighbour = 'de.pruefstand.kept';
const feature = 'org.matrix.msc3391';
const claims = {
  emptied: { code: 'content-remains', title: 'Geleerte Kontodaten sind noch lesbar' },
  synced: { code: 'emptying-not-synced', title: 'Die eigenen Geräte erfahren nicht, dass Kontodaten geleert wurden' },
  neighbour: { code: 'neighbour-lost', title: 'Das Leeren trifft auch andere Kontodaten' },
  deleted: { code: 'not-deleted', title: 'Gelöschte Kontodaten sind noch da' },
};

// Data about a user can be taken back: at least emptied, and deleted where the server offers that.
// https://spec.matrix.org/v1.19/client-server-api/#client-config
export const check = conformanceCheck({
  meta: {
    id: 'conformance.acd.acd-delete',
    title: 'Kontodaten lassen sich leeren und, wo angeboten, löschen',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('client-config'),
  },
  counterexamples: [
    {
      title: 'Der Inhalt bleibt',
      defect: {
        when: { method: 'GET', path: globalDataTemplate },
        alter: (answer, seen) => (seen.path.endsWith(type) ? setting(['wert'], 1)(answer, seen) : answer),
      },
      expectFinding: claims.emptied.code,
    },
    {
      title: 'Andere Geräte erfahren nichts',
      defect: { when: { path: syncTemplate }, alter: setting(['account_data', 'events'], []) },
      expectFinding: claims.synced.code,
    },
    {
      title: 'Auch anderes ist geleert',
      defect: {
        when: { method: 'GET', path: globalDataTemplate },
        alter: (answer, seen) => (seen.path.endsWith(neighbour) ? { ...answer, json: {} } : answer),
      },
      expectFinding: claims.neighbour.code,
    },
  ],
  async run(tools) {
    const { request } = tools;
    const alice = await tools.user('alice');
    const kept = { wert: tools.random.word(8) };
    premise(await setAccountData(request, alice, { type }, { wert: 1 }));
    premise(await setAccountData(request, alice, { type: neighbour }, kept));
    const since = await syncStart(tools, alice);
    premise(await setAccountData(request, alice, { type }, {}));
    const emptied = await tools.poll({
      ask: () => getAccountData(request, alice, { type }),
      until: ({ json }) => valueAt(json, ['wert']) === undefined,
      deadlineMs: settlingMs,
    });
    const other = premise(await getAccountData(request, alice, { type: neighbour }));
    const until = (json: unknown) => globalAccountData(json, type) !== undefined;
    const end = await tools.waitForSync(alice, { since, until, deadlineMs: arrivalMs });
    const told = valueAt(globalAccountData(end.last.json, type), ['content']);
    const isEmpty = emptied.status === 404 || canonicalJson(emptied.json) === '{}';
    return outcomeOf(
      [
        ...expectThat(emptied, isEmpty, {
          ...claims.emptied,
          expected: 'ein leeres Objekt oder Status 404',
          observed: `Status ${emptied.status}, ${shown(emptied.json)}`,
        }),
        ...expectEqual(end.last, { wanted: {}, got: told }, claims.synced),
        ...expectEqual(other, { wanted: kept, got: other.json }, claims.neighbour),
        ...(await deletionFindings(tools)),
      ],
      'Geleert, den eigenen Geräten mitgeteilt, anderes unberührt',
    );
  },
});

/** Deleting is no part of the specification yet; asked only where the server says that it offers it. */
async function deletionFindings({ request, user }: Tools): Promise<readonly Finding[]> {
  const versions = premise(await request('GET', '/_matrix/client/versions'));
  if (valueAt(versions.json, ['unstable_features', feature]) !== true) return [];
  const owner = await user('bob');
  premise(await setAccountData(request, owner, { type }, { wert: 1 }));
  const template = `/_matrix/client/unstable/${feature}/user/{userId}/account_data/{type}`;
  premise(await request('DELETE', template, { params: { userId: owner.userId, type }, session: owner }));
  const after = await getAccountData(request, owner, { type });
  return expectStatus(after, 404, claims.deleted);
}
