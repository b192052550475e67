/** An administration as data: who works there, in which rooms, how much is written and in which steps it starts. */
export interface Population {
  readonly name: string;
  /** Month of the headcounts. */
  readonly asOf: string;
  /** Published number of people; the units that are not `beyond` it add up to it. */
  readonly total: Origin & { readonly people: number };
  readonly sources: Readonly<Record<string, string>>;
  readonly patterns: Readonly<Record<PatternName, WorkingPattern>>;
  readonly units: readonly Unit[];
  readonly profiles: Readonly<Record<ActivityProfileName, ActivityProfile>>;
  readonly perMessage: Origin & Readonly<Record<CompanionAction, number>>;
  /** Room classes whose rooms lie in those of the next one come in ascending size. */
  readonly rooms: readonly RoomRule[];
  /** In ascending size. */
  readonly stages: readonly PopulationStage[];
}

/** Where a figure comes from: a key of `sources`, the reason why it is assumed, or both where it is derived. */
export interface Origin {
  readonly source?: string;
  readonly assumption?: string;
}

export type PatternName = 'office' | 'shift';

export interface WorkingPattern extends Origin {
  /** Share of the accounts that are connected at the same time. */
  readonly online: { readonly day: number; readonly night: number };
  /** Devices of a person who is connected. */
  readonly devices: number;
  /** Share of the accounts that write on a day. */
  readonly writing: number;
  /** Share of a day's messages by hour; 24 numbers that add up to 1. */
  readonly curve: readonly number[];
}

export interface Unit extends Origin {
  readonly name: string;
  readonly group: string;
  readonly people: number;
  readonly pattern: PatternName;
  /** Not part of the published total. */
  readonly beyond?: boolean;
}

export type ActivityProfileName = 'V1' | 'V2' | 'V3';

export interface ActivityProfile extends Origin {
  readonly title: string;
  /** Of a person who writes on that day. */
  readonly messagesPerDay: number;
}

/** What a person does beside a message, as often as given for each message sent. */
export type CompanionAction =
  | 'receipts'
  | 'typing'
  | 'roomOpens'
  | 'profileLookups'
  | 'reactions'
  | 'edits'
  | 'media'
  | 'searches';

/**
 * pair: between two people, mostly near ones; unit: divides each unit completely; cross: mixes units;
 * all: everybody, and only `writers` write there.
 */
export type RoomScope = 'pair' | 'unit' | 'cross' | 'all';

export interface RoomRule extends Origin {
  /** Goes into room names: a–z. */
  readonly name: string;
  readonly title: string;
  readonly scope: RoomScope;
  /** People in a room; absent where it is always two. */
  readonly members?: { readonly from: number; readonly to: number };
  /** Rooms of this class that a person is in, log-normal; absent where it is always one. */
  readonly perPerson?: { readonly median: number; readonly p95: number };
  /** How many of a room's members write there; absent where all do. */
  readonly writers?: number;
  /** Share of a person's messages that goes to rooms of this class; over all classes it adds up to 1. */
  readonly messageShare: number;
}

/** A step of the introduction; without `groups` and `units` everybody takes part but `without`. */
export interface PopulationStage {
  readonly key: string;
  readonly title: string;
  /** Accounts. */
  readonly people: number;
  readonly groups?: readonly string[];
  readonly units?: readonly string[];
  /** Groups. */
  readonly without?: readonly string[];
  /** More accounts than there are people. */
  readonly headroom?: boolean;
}
