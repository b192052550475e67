import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import {
  createIdentity,
  type Identity,
  identityBody,
  identityPath as path,
  publishIdentity,
} from '../../lib/cross-signing.ts';
import { answering, onlyNth, setting } from '../../lib/defect.ts';
import { objectAt, valueAt, withoutValueAt, withValueAt } from '../../lib/json.ts';
import { queryKeys, queryPath } from '../../lib/key-requests.ts';
import { expectEqual, expectError, expectStatus, type Findings } from '../../lib/match.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

const forbidden = answering(403, { errcode: 'M_FORBIDDEN', error: 'altered' });

// The first identity is set up without a further prompt, and only keys that belong together are taken.
// A lent account may have an identity already: then a key without its master fails for its signature.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keysdevice_signingupload
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.xsign-upload',
    title: 'Cross-Signing-Schlüssel werden beim ersten Mal ohne Rückfrage angenommen, falsch signierte nie',
    requirements: ['KO-05', 'VE-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3keysdevice_signingupload'),
  },
  counterexamples: [
    {
      title: 'Eine falsche Signatur wird angenommen',
      defect: { when: { path }, alter: acceptingInvalid('M_INVALID_SIGNATURE') },
      expectFinding: 'wrong-signature-accepted',
    },
    {
      title: 'Ein Unterschlüssel ohne Hauptschlüssel wird angenommen',
      defect: { when: { path }, alter: acceptingInvalid('M_MISSING_PARAM') },
      expectFinding: 'without-master-accepted',
    },
    {
      title: 'Die ersten Schlüssel werden abgelehnt',
      defect: { when: { path }, alter: onlyNth(3, forbidden) },
      expectFinding: 'first-refused',
    },
    {
      title: 'Dieselben Schlüssel noch einmal werden abgelehnt',
      defect: { when: { path }, alter: onlyNth(4, forbidden) },
      expectFinding: 'repetition-refused',
    },
    {
      title: 'Weitergegeben wird ein anderer Hauptschlüssel',
      defect: {
        when: { path: queryPath },
        alter: (answer, seen) => {
          const [userId = ''] = Object.keys(Object(valueAt(answer.json, ['master_keys'])));
          return setting(['master_keys', userId, 'keys'], { 'ed25519:AAAA': 'AAAA' })(answer, seen);
        },
      },
      expectFinding: 'keys-differ',
    },
  ],
  async run(tools) {
    const { user, random } = tools;
    const alice = await user('alice');
    const known = premise(await queryKeys(tools.request, alice, { [alice.userId]: [] }));
    const hasIdentity = valueAt(known.json, ['master_keys', alice.userId]) !== undefined;
    const identity = createIdentity(alice, random);
    const forged = createIdentity(alice, random);
    const withoutMaster = await publishIdentity(tools, alice, { self_signing_key: identity.selfSigningKey });
    const mixed = { ...identityBody(identity), self_signing_key: forgedKey(identity, forged, alice) };
    const wronglySigned = await publishIdentity(tools, alice, mixed);
    const first = await publishIdentity(tools, alice, identityBody(identity));
    const repeated = await publishIdentity(tools, alice, identityBody(identity));
    return outcomeOf(
      [
        ...expectError(
          withoutMaster,
          { status: 400, errcode: hasIdentity ? 'M_INVALID_SIGNATURE' : 'M_MISSING_PARAM' },
          { code: 'without-master-accepted', title: 'Ein Unterschlüssel ohne Hauptschlüssel wird angenommen' },
        ),
        ...expectError(
          wronglySigned,
          { status: 400, errcode: 'M_INVALID_SIGNATURE' },
          { code: 'wrong-signature-accepted', title: 'Ein falsch signierter Unterschlüssel wird angenommen' },
        ),
        ...expectStatus(first, 200, {
          code: 'first-refused',
          title: 'Die ersten Cross-Signing-Schlüssel werden nicht angenommen',
        }),
        ...expectStatus(repeated, 200, {
          code: 'repetition-refused',
          title: 'Dieselben Cross-Signing-Schlüssel werden beim zweiten Mal abgelehnt',
        }),
        ...(await publishedFindings(tools, alice, identity)),
      ],
      'Ohne Hauptschlüssel und falsch signiert 400, erste Schlüssel und Wiederholung angenommen, unverändert weitergegeben',
    );
  },
});

/** The self-signing key with the signature that was made over another one. */
const forgedKey = (identity: Identity, other: Identity, { userId }: Session): unknown =>
  withValueAt(
    withoutValueAt(identity.selfSigningKey, ['signatures']),
    ['signatures', userId, `ed25519:${identity.names.master}`],
    valueAt(other.selfSigningKey, ['signatures', userId, `ed25519:${other.names.master}`]),
  );

async function publishedFindings({ request }: Tools, owner: Session, identity: Identity): Promise<Findings> {
  const query: Answer = premise(await queryKeys(request, owner, { [owner.userId]: [] }));
  const got = ['master_keys', 'self_signing_keys', 'user_signing_keys'].map((kind) =>
    withoutEmptySignatures(valueAt(query.json, [kind, owner.userId])),
  );
  const wanted = [identity.masterKey, identity.selfSigningKey, identity.userSigningKey];
  return expectEqual(
    query,
    { wanted, got },
    { code: 'keys-differ', title: 'Die weitergegebenen Cross-Signing-Schlüssel sind nicht die veröffentlichten' },
  );
}

/** A master key need not be signed; the server may say so. */
const withoutEmptySignatures = (key: unknown): unknown =>
  Object.keys(objectAt(key, ['signatures'])).length === 0 ? withoutValueAt(key, ['signatures']) : key;

function acceptingInvalid(errcode: string): ReturnType<typeof onlyNth> {
  return (answer, seen) => (valueAt(answer.json, ['errcode']) === errcode ? answering(200, {})(answer, seen) : answer);
}
