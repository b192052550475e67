import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, alterJson, isJsonObject } from '../../lib/alteration.ts';
import type { EncryptionFlow } from '../context.ts';
import { hiddenEncryptionState } from '../defects.ts';
import { catchUp, deliver, threeInEncryptedRoom } from '../meeting.ts';
import { expectClosed } from '../membership/past.ts';
import { createSwitchedAttack } from '../switched-attack.ts';
import { hidingRefusals } from './hidden-refusals.ts';
import { expectNoKeys, expectRefusal, keysTo, refusalsTo } from './withheld.ts';

/** The homeserver has no one-time keys left when this device asks for some, of anybody or of one person. */
const noKeysFor =
  (person: string, owner?: () => string): Alteration =>
  ({ device, request, answer }) =>
    device === person && request.url.includes('/keys/claim')
      ? alterJson(answer, (object) => {
          const keys = object['one_time_keys'];
          if (!isJsonObject(keys)) return object;
          const { [owner?.() ?? '']: _, ...others } = keys;
          return { ...object, one_time_keys: owner === undefined ? {} : others };
        })
      : answer;

/** Nobody can begin to write to a device without one-time keys: it learns why it reads nothing, and can begin itself. */
export const withheldNoOlm: EncryptionFlow = {
  meta: {
    id: 'encryption.trust.withheld-no-olm',
    title:
      'Ein Gerät ohne Einmalschlüssel erfährt, dass ihm keine Schlüssel geschickt werden konnten, und liest wieder mit, nachdem es selbst geschrieben hat.',
    requirements: ['VE-18'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#reporting-that-decryption-keys-are-withheld',
    standing: 'normative',
    rows: ['e2e-withheld'],
  },
  counterexamples: [
    { title: 'Der Server verschweigt bob die Absage.', defect: hidingRefusals, expectFinding: 'refusal-lost' },
    {
      title: 'Der Server verschweigt den Geräten, dass der Raum verschlüsselt ist.',
      defect: hiddenEncryptionState,
      expectFinding: 'past-readable',
    },
    {
      title: 'Auch bob findet für niemanden Einmalschlüssel und kann nicht selbst beginnen.',
      defect: noKeysFor('bob'),
      expectFinding: 'not-decrypted',
    },
  ],
  run: async (context) => {
    const arrived: unknown[] = [];
    let bobId = '';
    const shortage = createSwitchedAttack(noKeysFor('alice', () => bobId));
    const { alice, bob, carol, roomId } = await threeInEncryptedRoom(context, {}, (seen) => {
      if (seen.device === 'bob') arrived.push(...refusalsIn(seen));
      return shortage.alteration(seen);
    });
    bobId = bob.userId;
    shortage.start();
    const since = context.wire.deliveries.length;
    const closed = await alice.sendText(roomId, `Ohne Einmalschlüssel ${context.random.word(12)}`);
    const ofCarol = await carol.waitForMessage(roomId, closed);
    const keys = keysTo(context, { from: alice, to: bob, since });
    const hasCaughtUp = await catchUp(context, { alice: bob, carol, roomId });
    if (ofCarol.kind === 'undecryptable' || !hasCaughtUp)
      return inconclusive('void: Auch wer Einmalschlüssel hat, konnte nicht lesen.');
    const findings = [
      ...expectNoKeys(keys, 'alice → bob'),
      ...(await expectClosed({ device: bob, roomId, eventId: closed, when: 'ohne seine Einmalschlüssel' })),
    ];
    if (findings.length > 0) return outcomeOf(findings, '');
    shortage.stop();
    const text = () => `Danach ${context.random.word(12)}`;
    return outcomeOf(
      [
        ...expectRefusal(refusalsTo(context, alice, bob), 'm.no_olm', 'alice → bob'),
        ...(arrived.includes('m.no_olm') ? [] : [refusalLost]),
        ...(await deliver({ from: bob, to: alice, roomId, text: text() })),
        ...(await deliver({ from: alice, to: bob, roomId, text: text() })),
      ],
      'Keine Schlüssel, eine Absage mit m.no_olm, die ankommt; nachdem bob geschrieben hatte, las er wieder mit.',
    );
  },
};

/** Reasons of the refusals in an answer. */
function refusalsIn({ answer }: Parameters<Alteration>[0]): readonly unknown[] {
  const codes: unknown[] = [];
  alterJson(answer, (object) => {
    if (object['type'] === 'm.room_key.withheld' && isJsonObject(object['content']))
      codes.push(object['content']['code']);
    return object;
  });
  return codes;
}

const refusalLost: Finding = {
  code: 'refusal-lost',
  title: 'Die Absage erreicht das Gerät nicht, dem keine Schlüssel geschickt werden konnten.',
  expected: 'Das Gerät bekommt eine Absage (m.room_key.withheld) mit dem Grund m.no_olm.',
  observed: 'Bei ihm kam keine an.',
  where: 'bob, /sync',
};
