import type { Session } from '../../core/model/bench.ts';
import type { Answer } from './answer.ts';
import { onlyNth, setting } from './defect.ts';
import { stringAt } from './json.ts';
import { expectEqual, type Findings } from './match.ts';
import {
  banTemplate,
  expectMembership,
  kickTemplate,
  membershipAs,
  membershipSteps,
  membershipTemplate,
} from './membership.ts';
import { allowing, expectAllowed, expectForbidden, forbidding } from './refusals.ts';
import type { Tools } from './tools.ts';

/** A way to put somebody out of a room, and what is found where it does not work; words are German. */
export interface Expulsion {
  readonly way: 'ban' | 'kick';
  /** Of whoever was put out. */
  readonly membership: 'ban' | 'leave';
  /** What is done, and in the genitive. */
  readonly verb: string;
  readonly deed: string;
  readonly codes: { readonly withoutRight: string; readonly refused: string; readonly stays: string };
}

/** A member without rights tries it with the host, then the host does it to the member and says why. */
export async function expel(
  tools: Tools,
  { way, membership }: Expulsion,
  { roomId, host, member }: { readonly roomId: string; readonly host: Session; readonly member: Session },
): Promise<Expelled> {
  const step = membershipSteps(tools.request)[way];
  const reason = `Grund ${tools.random.word(8)}`;
  const powerless = await step(member, roomId, host);
  const done = await step(host, roomId, member, reason);
  const seen = await membershipAs(tools, host, { roomId, whom: member, wanted: membership });
  return { reason, powerless, done, seen };
}

interface Expelled {
  readonly reason: string;
  /** What the member without rights was answered. */
  readonly powerless: Answer;
  /** What the host was answered. */
  readonly done: Answer;
  /** The membership as the host sees it afterwards. */
  readonly seen: Answer;
}

export function expulsionFindings(
  { membership, verb, deed, codes }: Expulsion,
  { reason, powerless, done, seen }: Expelled,
): Findings {
  return [
    ...expectForbidden(powerless, { code: codes.withoutRight, title: `Ein Mitglied ohne Rechte kann ${verb}` }),
    ...expectAllowed(done, { code: codes.refused, title: `Wer das Recht hat, kann nicht ${verb}` }),
    ...expectMembership(seen, membership, {
      code: codes.stays,
      title: `Die Mitgliedschaft zeigt die Folge des ${deed} nicht`,
    }),
    ...expectEqual(
      seen,
      { wanted: reason, got: stringAt(seen.json, ['reason']) },
      { code: 'reason-lost', title: `Die Begründung des ${deed} fehlt` },
    ),
  ];
}

const templates = { ban: banTemplate, kick: kickTemplate } as const;

/** What each of these checks must notice, one for each of the claims above. */
export const expulsionCounterexamples = ({ way, verb, deed, codes }: Expulsion) =>
  [
    {
      title: `Jedes Mitglied darf ${verb}`,
      defect: { when: { path: templates[way] }, alter: onlyNth(1, allowing) },
      expectFinding: codes.withoutRight,
    },
    {
      title: `Auch wer darf, kann nicht ${verb}`,
      defect: { when: { path: templates[way] }, alter: onlyNth(2, forbidding) },
      expectFinding: codes.refused,
    },
    {
      title: `Trotz des ${deed} bleibt die Person im Raum`,
      defect: { when: { path: membershipTemplate }, alter: setting(['membership'], 'join') },
      expectFinding: codes.stays,
    },
    {
      title: 'Die Begründung geht verloren',
      defect: { when: { path: membershipTemplate }, alter: setting(['reason'], 'anders') },
      expectFinding: 'reason-lost',
    },
  ] as const;
