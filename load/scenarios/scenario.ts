import type { Check, CheckMeta, Counterexample } from '../../core/model/check.ts';
import type { NonEmpty } from '../../core/model/finding.ts';
import type { CheckOutcome } from '../../core/model/outcome.ts';
import type { PeopleChoice } from '../population/people-choice.ts';
import type { ActivityProfileName } from '../population/population.ts';
import type { HoursOfDay } from '../population/rate.ts';
import type { RoomChoice } from '../population/room-choice.ts';
import type { RoomClass } from '../population/room-layout.ts';
import type { JudgedLatency, ServiceLevels } from './service-levels.ts';
import type { VirtualUser } from './virtual-user.ts';

/** One scenario: data for the generator that prepares and judges it, behaviour for the k6 process that plays it. */
export interface Scenario {
  readonly meta: CheckMeta;
  /** Of the population's organisation, or of a layout of its own. */
  readonly rooms: RoomChoice | NonEmpty<RoomClass>;
  /** Default: everybody of the smallest stage of the introduction that has so many people. */
  readonly people?: PeopleChoice;
  readonly profile: ActivityProfileName;
  /** Hours of the day the run passes through; without them all of it is the busiest one. */
  readonly day?: HoursOfDay;
  readonly levels: ServiceLevels;
  /** Share of people whose client uses sliding sync (MSC4186); the others use sync of the specification. Default 0. */
  readonly slidingShare?: number;
  /** How many times faster than real time room keys grow old, so that a short run sees weekly rotation. Default 1. */
  readonly timeFactor?: number;
  readonly scales: Readonly<Record<ScaleName, Scale>>;
  readonly counterexamples: NonEmpty<Counterexample<LoadDefect>>;
  /** What one person does from arrival to the end. */
  live(user: VirtualUser): Promise<void>;
}

/** campaign: what the verdict is about; proof: small and quick, to see a defect turn the check red. */
export type ScaleName = 'campaign' | 'proof';

export interface Scale {
  readonly users: number;
  /** People arrive spread over this time, before measuring begins. */
  readonly rampS: number;
  readonly durationS: number;
  /** How long after the last message everything may take to be seen before it counts as lost. */
  readonly drainS: number;
  /** How many times denser than the profile's day, so that a short run has enough samples. */
  readonly compression: number;
  /** Fewer deliveries than this prove nothing. */
  readonly minimumSamples: number;
  /** Fewer samples of an action with a level than this prove nothing; default: what its percentile takes. */
  readonly minimumActions?: Readonly<Partial<Record<JudgedLatency, number>>>;
}

/** What a defect may concern: sync stands for both kinds, send for messages. */
export type TamperedOperation =
  | 'sync'
  | 'send'
  | 'messages'
  | 'context'
  | 'userDirectory'
  | 'publicRooms'
  | 'sendToDevice'
  | 'queryKeys'
  | 'restoreKeys';

/** A defect of the homeserver; produced by altering its answers on their way. */
export type LoadDefect =
  | { readonly kind: 'loseEvents'; readonly everyNth: number }
  | { readonly kind: 'duplicateEvents'; readonly everyNth: number }
  | { readonly kind: 'swapEvents' }
  | { readonly kind: 'delay'; readonly operation: TamperedOperation; readonly delayMs: number }
  | { readonly kind: 'refuseSends'; readonly everyNth: number }
  | { readonly kind: 'refuse'; readonly operation: TamperedOperation; readonly everyNth: number }
  /** Polls are answered at once, whether there is news or not. */
  | { readonly kind: 'answerEarly' }
  /** To-device messages do not come. */
  | { readonly kind: 'loseKeys'; readonly everyNth: number }
  | { readonly kind: 'duplicateKeys'; readonly everyNth: number }
  /** The key backup gives less than was put in. */
  | { readonly kind: 'loseBackup'; readonly everyNth: number }
  /** An answer without a field that the specification requires. */
  | { readonly kind: 'omitField'; readonly operation: TamperedOperation; readonly field: string };

export interface LoadContext {
  /** Plays the scenario against the target and judges what was counted. */
  execute(scenario: Scenario): Promise<CheckOutcome>;
}

export type ScenarioCheck = Scenario & Check<LoadContext, LoadDefect>;
