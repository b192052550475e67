import type { Session } from '../../../core/model/bench.ts';
import { outcomeOf } from '../../../core/model/outcome.ts';
import type { Answer } from '../../lib/answer.ts';
import { clause, conformanceCheck } from '../../lib/conformance-check.ts';
import {
  createIdentity,
  type Identity,
  identityBody,
  signaturesPath as path,
  publishIdentity,
  uploadSignatures,
} from '../../lib/cross-signing.ts';
import { type Alteration, setting } from '../../lib/defect.ts';
import { createDeviceKeys } from '../../lib/device-keys.ts';
import { objectAt, stringAt, valueAt, withValueAt } from '../../lib/json.ts';
import { queryKeys, queryPath, uploadKeys } from '../../lib/key-requests.ts';
import { expectEqual, expectThat, type Findings } from '../../lib/match.ts';
import { settlingMs } from '../../lib/poll.ts';
import { premise } from '../../lib/premise.ts';
import type { Tools } from '../../lib/tools.ts';

// A signature under one's own device is for everybody to see, one under another person only for who made it; wrong ones are named.
// Needs accounts without an identity.
// https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3keyssignaturesupload
export const check = conformanceCheck({
  meta: {
    id: 'conformance.keys.xsign-signatures',
    title: 'Signaturen über Geräte sehen alle, über Personen nur wer sie gab, und ungültige werden als solche gemeldet',
    requirements: ['KO-05'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 30_000,
    spec: clause('post_matrixclientv3keyssignaturesupload'),
  },
  counterexamples: [
    {
      title: 'Eine ungültige Signatur gilt als angenommen',
      defect: { when: { path }, alter: setting(['failures'], {}) },
      expectFinding: 'invalid-not-reported',
    },
    {
      title: 'Die Signatur unter dem eigenen Gerät fehlt',
      defect: { when: { path: queryPath }, alter: inDevices((device) => withValueAt(device, ['signatures'], {})) },
      expectFinding: 'device-signature-hidden',
    },
    {
      title: 'Alle sehen, wen jemand bestätigt hat',
      defect: { when: { path: queryPath }, alter: repeatingMasters },
      expectFinding: 'trust-shown-to-others',
    },
  ],
  async run(tools) {
    const { request, user, random } = tools;
    const [alice, bob] = [await user('alice'), await user('bob')];
    const { deviceKeys } = createDeviceKeys(alice, random);
    premise(await uploadKeys(request, alice, { device_keys: deviceKeys }));
    const [mine, his] = [createIdentity(alice, random), createIdentity(bob, random)];
    premise(await publishIdentity(tools, alice, identityBody(mine)));
    premise(await publishIdentity(tools, bob, identityBody(his)));
    const signedDevice = mine.signedBySelf(deviceKeys);
    const invalid = premise(
      await uploadSignatures(request, alice, deviceBody(alice, forged(signedDevice, alice, mine))),
    );
    const valid = premise(
      await uploadSignatures(request, alice, {
        ...deviceBody(alice, signedDevice),
        [bob.userId]: { [his.names.master]: mine.signedForOthers(his.masterKey) },
      }),
    );
    const byAlice = await settled(tools, alice, { alice, bob, mine });
    const byBob = await settled(tools, bob, { alice, bob, mine });
    const trusted = (answer: Answer) => signaturesBy(answer, ['master_keys', bob.userId], alice.userId);
    return outcomeOf(
      [
        ...invalidFindings(invalid, alice),
        ...expectEqual(
          valid,
          { wanted: {}, got: objectAt(valid.json, ['failures']) },
          { code: 'valid-refused', title: 'Gültige Signaturen werden nicht angenommen' },
        ),
        ...[byAlice, byBob].flatMap((answer) =>
          expectThat(answer, hasOwnSignature(answer, alice, mine), {
            code: 'device-signature-hidden',
            title: 'Die Signatur unter dem eigenen Gerät ist nicht für alle zu sehen',
            expected: `Signatur mit ed25519:${mine.names.selfSigning}`,
            observed: 'keine',
          }),
        ),
        ...expectEqual(
          byAlice,
          { wanted: [`ed25519:${mine.names.userSigning}`], got: trusted(byAlice) },
          { code: 'trust-lost', title: 'Die eigene Bestätigung einer anderen Person fehlt' },
        ),
        ...expectEqual(
          byBob,
          { wanted: [], got: trusted(byBob) },
          { code: 'trust-shown-to-others', title: 'Wen jemand bestätigt hat, ist für andere zu sehen' },
        ),
      ],
      'Ungültige Signatur gemeldet, Gerätesignatur für alle, Bestätigung einer Person nur für die Bestätigende',
    );
  },
});

const deviceBody = ({ userId, deviceId }: Session, device: unknown) => ({ [userId]: { [deviceId]: device } });

/** Of the right length, made by nobody. */
const forged = (device: unknown, { userId }: Session, { names }: Identity): unknown =>
  withValueAt(device, ['signatures', userId, `ed25519:${names.selfSigning}`], 'A'.repeat(86));

function invalidFindings(answer: Answer, { userId, deviceId }: Session): Findings {
  return expectEqual(
    answer,
    { wanted: 'M_INVALID_SIGNATURE', got: stringAt(answer.json, ['failures', userId, deviceId, 'errcode']) },
    { code: 'invalid-not-reported', title: 'Eine ungültige Signatur wird nicht als solche gemeldet' },
  );
}

const signaturesBy = ({ json }: Pick<Answer, 'json'>, path: readonly string[], userId: string): readonly string[] =>
  Object.keys(objectAt(json, [...path, 'signatures', userId]));

const hasOwnSignature = (answer: Answer, owner: Session, { names }: Identity): boolean =>
  signaturesBy(answer, ['device_keys', owner.userId, owner.deviceId], owner.userId).includes(
    `ed25519:${names.selfSigning}`,
  );

interface Parties {
  readonly alice: Session;
  readonly bob: Session;
  readonly mine: Identity;
}

const settled = ({ request, poll }: Tools, asking: Session, { alice, bob, mine }: Parties): Promise<Answer> =>
  poll({
    ask: async () => premise(await queryKeys(request, asking, { [alice.userId]: [], [bob.userId]: [] })),
    until: (answer) => hasOwnSignature(answer, alice, mine),
    deadlineMs: settlingMs,
  });

function inDevices(change: (device: unknown) => unknown): Alteration {
  return (answer, seen) => {
    const users = Object.entries(objectAt(answer.json, ['device_keys']));
    const changed = users.map(([userId, devices]) => [
      userId,
      Object.fromEntries(Object.entries(objectAt(devices, [])).map(([id, device]) => [id, change(device)])),
    ]);
    return setting(['device_keys'], Object.fromEntries(changed))(answer, seen);
  };
}

function repeatingMasters(...[answer, seen]: Parameters<Alteration>): ReturnType<Alteration> {
  const first = seen.earlier[0];
  return first === undefined ? answer : setting(['master_keys'], valueAt(first.json, ['master_keys']))(answer, seen);
}
