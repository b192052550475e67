const number = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 2 });
const zone = new Intl.DateTimeFormat('de-DE', { timeZone: 'Europe/Berlin', timeZoneName: 'short' });
const moment = new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Berlin' });

export const numberText = (value: number): string => number.format(value);

/** `counted(1, 'Konto', 'Konten')` is `1 Konto`. */
export const counted = (count: number, one: string, many: string): string =>
  `${numberText(count)} ${count === 1 ? one : many}`;

export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const tenths = Math.round(ms / 100);
  if (tenths < 600) return `${numberText(tenths / 10)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** With its zone, MEZ or MESZ: the id of a run beside it counts in UTC. */
export function timeText(iso: string): string {
  const date = new Date(iso);
  const name = zone.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${moment.format(date)} Uhr ${name}`.trimEnd();
}

const day = new Intl.DateTimeFormat('de-DE', { dateStyle: 'long', timeZone: 'UTC' });

/** Of a date without time. */
export const dateText = (isoDate: string): string => day.format(new Date(isoDate));

export const sizeText = (bytes: number): string => {
  if (bytes < 1024) return counted(bytes, 'Byte', 'Byte');
  const kib = bytes / 1024;
  return kib < 1024 ? `${numberText(Math.round(kib))} KiB` : `${numberText(Math.round(kib / 102.4) / 10)} MiB`;
};

/** For a list; the whole stands with the finding. */
export const shortened = (text: string, most = 80): string => {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
};

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Makes a sentence of what may lack its full stop. */
export const sentence = (text: string): string => (/[.!?…“]$/.test(text) ? text : `${text}.`);
