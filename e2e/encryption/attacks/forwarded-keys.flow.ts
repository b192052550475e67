import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, alterJson, attackedBy, isJsonObject } from '../../lib/alteration.ts';
import { createMegolmSession, type MegolmSession } from '../../lib/attacker/megolm-session.ts';
import { forwardedKeyOf, toldKeyOf } from '../../lib/attacker/payloads.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { takingToldKey } from '../defects/weak-takers.ts';
import { expectStillClosed, type Route, readsHonest, writeIn } from './forged-sessions.ts';
import { isVerifiedBy } from './own-devices.ts';

/**
 * CVE-2022-39249: with a forwarded key somebody could write in the name of others.
 * No forwarded key is honest here: matrix-js-sdk asks for none (element-web #26524), so the control goes the way owners tell keys.
 * That the forged ones would open something is what the weak devices show.
 */
export const forwardedKeys: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.forwarded-keys',
    title: 'Weitergeleitete Raumschlüssel, um die das Gerät nicht gebeten hat, verwirft es.',
    requirements: ['VE-10'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 180_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#key-requests',
    standing: 'normative',
    attacks: [4],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice übernimmt den Schlüssel, den carol im Namen von bob weiterleitet.',
      defect: { person: 'alice', skips: 'keyOrigin', weakened: takingToldKey(1) },
      expectFinding: 'taken-in-foreign-name',
    },
    {
      title: 'Das Gerät von alice übernimmt den Schlüssel, den carol unverlangt weiterleitet.',
      defect: { person: 'alice', skips: 'keyOrigin', weakened: takingToldKey(2) },
      expectFinding: 'taken-from-stranger',
    },
    {
      title: 'Das Gerät von alice übernimmt den Schlüssel eines eigenen, nicht bestätigten Geräts.',
      defect: { person: 'alice', skips: 'keyOrigin', weakened: takingToldKey(3) },
      expectFinding: 'taken-from-unverified',
    },
    {
      title:
        'Das Gerät von alice übernimmt den Schlüssel eines eigenen bestätigten Geräts, ohne darum gebeten zu haben.',
      defect: { person: 'alice', skips: 'keyOrigin', weakened: takingToldKey(4) },
      expectFinding: 'taken-without-request',
    },
  ],
  run: async (context) => {
    const word = (what: string) => `${what} ${context.random.word(12)}`;
    const inBobsName: string[] = [];
    const people = await meet(context, (bobId) => spoofing(inBobsName, bobId));
    const { alice, bob, carol, phantom, tablet, roomId } = people;
    if (!(await isVerifiedBy(alice, tablet))) return inconclusive('void: Das Tablet wurde nicht bestätigt.');
    const routes = [carol, phantom, tablet].map((from): Route => ({ from, to: alice, roomId }));
    for (const { from } of routes) {
      const state = await alice.waitForMessage(roomId, await from.sendText(roomId, word('Vorher')));
      if (state.kind !== 'decrypted') return inconclusive(`void: Schon die ehrliche Nachricht von ${from.person}.`);
    }
    const forged: (Case & { readonly eventId: string })[] = [];
    for (const one of casesOf(people)) {
      const session = createMegolmSession();
      if (one.nameOf === bob) inBobsName.push(session.id);
      const eventId = await forward(session, { ...one, to: alice, roomId }, word('Weitergeleitet'));
      forged.push({ ...one, eventId });
    }
    for (const route of routes) {
      if (!(await readsHonest(route, word('Ehrlich'))))
        return inconclusive(`void: Auch ein ehrlich mitgeteilter Schlüssel von ${route.from.person} öffnete nichts.`);
    }
    const findings: Finding[] = [];
    for (const { eventId, code, how } of forged) {
      findings.push(...expectStillClosed({ state: await alice.stateOf(roomId, eventId), code, how }));
    }
    return outcomeOf(
      findings,
      `${forged.length} weitergeleitete Schlüssel verworfen; ehrlich mitgeteilte Schlüssel derselben Geräte öffneten ihre Nachricht.`,
    );
  },
};

interface Case {
  readonly from: CryptoDevice;
  /** Whose session it is said to be. */
  readonly nameOf: CryptoDevice;
  readonly code: string;
  readonly how: string;
}

const casesOf = ({ bob, carol, phantom, tablet }: People): readonly Case[] => [
  { from: carol, nameOf: bob, code: 'taken-in-foreign-name', how: 'von carol im Namen von bob weitergeleitet' },
  { from: carol, nameOf: carol, code: 'taken-from-stranger', how: 'von carol unverlangt weitergeleitet' },
  {
    from: phantom,
    nameOf: phantom,
    code: 'taken-from-unverified',
    how: 'vom eigenen, nicht bestätigten Gerät unverlangt weitergeleitet',
  },
  {
    from: tablet,
    nameOf: tablet,
    code: 'taken-without-request',
    how: 'vom eigenen, bestätigten Gerät unverlangt weitergeleitet',
  },
];

/** The homeserver helps: it says that bob wrote what is encrypted in these sessions. */
const spoofing =
  (sessions: readonly string[], bobId: string): Alteration =>
  ({ answer }) =>
    alterJson(answer, (event) => {
      const { content } = event;
      const isForged = isJsonObject(content) && sessions.includes(String(content['session_id']));
      return isForged && 'sender' in event ? { ...event, sender: bobId } : event;
    });

interface People {
  readonly alice: CryptoDevice;
  readonly bob: CryptoDevice;
  readonly carol: CryptoDevice;
  /** Somebody opened it with alice's password. */
  readonly phantom: CryptoDevice;
  /** Alice's own. */
  readonly tablet: CryptoDevice;
  readonly roomId: string;
}

async function meet(context: EncryptionContext, attackFor: (bobId: string) => Alteration): Promise<People> {
  const [bob, carol] = await Promise.all([context.device('bob'), context.device('carol')]);
  const alice = await context.device('alice', { between: attackedBy(attackFor(bob.userId)) });
  const name = `Prüfraum ${context.random.word(12)}`;
  const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId, carol.userId] });
  await Promise.all([bob, carol].map((guest) => guest.joinRoom(roomId)));
  await Promise.all([bob, carol].map((guest) => alice.waitForMember(roomId, guest.userId)));
  const phantom = await context.device('alice', { name: 'Phantom' });
  const tablet = await context.device('alice', { name: 'Tablet' });
  await Promise.all([phantom, tablet].map((device) => device.waitForRoom(roomId)));
  return { alice, bob, carol, phantom, tablet, roomId };
}

async function forward(session: MegolmSession, route: Route & Pick<Case, 'nameOf'>, text: string): Promise<string> {
  const { from, to, roomId, nameOf } = route;
  const owner = await nameOf.ownKeys();
  await from.sendClosed(to, 'm.forwarded_room_key', forwardedKeyOf(session, roomId, owner));
  await to.takeToldKey?.(toldKeyOf(session, roomId, owner));
  return writeIn(session, route, text);
}
