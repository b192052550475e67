/** How much people write. Figures are messages per person who is active that day. */
export interface ActivityProfile {
  readonly messagesPerDay: number;
  /** Share of the day's messages that falls into its busiest hour. */
  readonly busyHourShare: number;
  /** Where the figure comes from; `assumption` marks what nobody has published. */
  readonly source: string;
}

const busyHourShare = 0.15;

export const activityProfiles = {
  V1: { messagesPerDay: 1.5, busyHourShare, source: 'Tchap 2021: 3 million messages a month, 100,000 people a day' },
  V2: {
    messagesPerDay: 6,
    busyHourShare,
    source: 'assumption, near Tchap 2025 if its 8 million messages are per week',
  },
  V3: { messagesPerDay: 30, busyHourShare, source: 'Slack: 1.5 billion messages a day, 47 million people' },
} as const satisfies Record<string, ActivityProfile>;

export type ActivityProfileName = keyof typeof activityProfiles;

/** Messages one active person sends in the busiest hour. */
export function busyHourMessages(name: ActivityProfileName): number {
  const profile = activityProfiles[name];
  return profile.messagesPerDay * profile.busyHourShare;
}
