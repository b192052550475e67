/** Element's sizing of PostgreSQL without open federation (ESS LTS 23.10): GiB of memory up to so many users; it ends there. */
const published = [
  { users: 500, gib: 4 },
  { users: 2_500, gib: 12 },
  { users: 10_000, gib: 16 },
] as const;

const gib = 1_024 ** 3;
/** Assumption: what was written within a month is read again and belongs into memory. */
const hotShareOfYear = 1 / 12;

/** Published as far as that goes; beyond it, the larger of the last published size and a month of growth. */
export function postgresRamGib(accounts: number, databaseBytesPerYear: number): number {
  const step = published.find(({ users }) => accounts <= users) ?? published[published.length - 1];
  const hot = (databaseBytesPerYear * hotShareOfYear) / gib;
  return Math.ceil(Math.max(step?.gib ?? 0, hot));
}
