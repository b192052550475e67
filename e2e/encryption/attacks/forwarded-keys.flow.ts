import type { Finding } from '../../../core/model/finding.ts';
import { inconclusive, outcomeOf } from '../../../core/model/outcome.ts';
import { type Alteration, alterJson, attackedBy, isJsonObject } from '../../lib/alteration.ts';
import { createMegolmSession, type MegolmSession } from '../../lib/attacker/megolm-session.ts';
import { forwardedKeyOf } from '../../lib/attacker/payloads.ts';
import type { CryptoDevice } from '../../lib/crypto-device.ts';
import type { EncryptionContext, EncryptionFlow } from '../context.ts';
import { expectStillClosed, openingClosed, type Route, readsHonest, writeIn } from './forged-sessions.ts';

/** CVE-2022-39249: with a forwarded key somebody could write in the name of others. */
export const forwardedKeys: EncryptionFlow = {
  meta: {
    id: 'encryption.attacks.forwarded-keys',
    title: 'Weitergeleitete Raumschlüssel, um die das Gerät nicht gebeten hat, verwirft es.',
    requirements: ['VE-10'],
    needs: ['accounts', 'mayMutate'],
    timeoutMs: 120_000,
    spec: 'https://spec.matrix.org/v1.19/client-server-api/#key-requests',
    standing: 'normative',
    attacks: [4],
  },
  counterexamples: [
    {
      title: 'Das Gerät von alice übernimmt den Schlüssel, den carol im Namen von bob weiterleitet.',
      defect: { person: 'alice', weakened: openingClosed(1) },
      expectFinding: 'taken-in-foreign-name',
    },
    {
      title: 'Das Gerät von alice übernimmt den Schlüssel, den carol unverlangt weiterleitet.',
      defect: { person: 'alice', weakened: openingClosed(2) },
      expectFinding: 'taken-from-stranger',
    },
    {
      title: 'Das Gerät von alice übernimmt den Schlüssel eines eigenen, nicht bestätigten Geräts.',
      defect: { person: 'alice', weakened: openingClosed(3) },
      expectFinding: 'taken-from-unverified',
    },
  ],
  run: async (context) => {
    const word = (what: string) => `${what} ${context.random.word(12)}`;
    const inBobsName: string[] = [];
    const { alice, bob, carol, phantom, roomId } = await meet(context, (bobId) => spoofing(inBobsName, bobId));
    const routes = [carol, phantom].map((from): Route => ({ from, to: alice, roomId }));
    for (const { from } of routes) {
      const state = await alice.waitForMessage(roomId, await from.sendText(roomId, word('Vorher')));
      if (state.kind !== 'decrypted') return inconclusive(`void: Schon die ehrliche Nachricht von ${from.person}.`);
    }
    const cases: readonly Case[] = [
      { from: carol, nameOf: bob, code: 'taken-in-foreign-name', how: 'von carol im Namen von bob weitergeleitet' },
      { from: carol, nameOf: carol, code: 'taken-from-stranger', how: 'von carol unverlangt weitergeleitet' },
      {
        from: phantom,
        nameOf: phantom,
        code: 'taken-from-unverified',
        how: 'vom eigenen, nicht bestätigten Gerät unverlangt weitergeleitet',
      },
    ];
    const forged: (Case & { readonly eventId: string })[] = [];
    for (const one of cases) {
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

/** The homeserver helps: it says that bob wrote what is encrypted in these sessions. */
const spoofing =
  (sessions: readonly string[], bobId: string): Alteration =>
  ({ answer }) =>
    alterJson(answer, (event) => {
      const { content } = event;
      const isForged = isJsonObject(content) && sessions.includes(String(content['session_id']));
      return isForged && 'sender' in event ? { ...event, sender: bobId } : event;
    });

/** Alice, bob and carol in a room, and a device that somebody opened with alice's password. */
async function meet(context: EncryptionContext, attackFor: (bobId: string) => Alteration) {
  const [bob, carol] = await Promise.all([context.device('bob'), context.device('carol')]);
  const alice = await context.device('alice', { between: attackedBy(attackFor(bob.userId)) });
  const name = `Prüfraum ${context.random.word(12)}`;
  const roomId = await alice.createEncryptedRoom({ name, invite: [bob.userId, carol.userId] });
  await Promise.all([bob, carol].map((guest) => guest.joinRoom(roomId)));
  await Promise.all([bob, carol].map((guest) => alice.waitForMember(roomId, guest.userId)));
  const phantom = await context.device('alice', { name: 'Phantom' });
  await phantom.waitForRoom(roomId);
  return { alice, bob, carol, phantom, roomId };
}

async function forward(session: MegolmSession, route: Route & Pick<Case, 'nameOf'>, text: string): Promise<string> {
  const { from, to, roomId, nameOf } = route;
  await from.sendClosed(to, 'm.forwarded_room_key', forwardedKeyOf(session, roomId, await nameOf.ownKeys()));
  return writeIn(session, route, text);
}
