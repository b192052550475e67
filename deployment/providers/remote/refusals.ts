import type { HttpAnswer } from '../../../core/http/http.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import type { Text } from '../../../core/model/text.ts';
import { objectOrNothing } from '../../accounts/matrix-call.ts';

/** Status and what kind of answer it was; never the body, which may be a page or a text in any language. */
export function briefly(answer: HttpAnswer): string {
  const code = objectOrNothing(answer)?.['errcode'];
  const kind = answer.headers['content-type']?.split(';', 1)[0];
  const known = typeof code === 'string' && /^[\w.]{1,60}$/.test(code) ? code : kind;
  return `Status ${answer.status}${known === undefined ? '' : `, ${known}`}`;
}

/** An address of the target file at which something else answers. */
export interface WrongAddress {
  readonly address: string;
  readonly key: 'homeserverUrl' | 'adminUrl';
  readonly asked: string;
  readonly path: string;
}

export function noHomeserver(answer: HttpAnswer, { address, key, asked, path }: WrongAddress): RigError {
  const said = `GET ${asked} → ${briefly(answer)}`;
  const text =
    answer.status >= 500
      ? {
          de: `${address} ist gestört (${said}): prüfen, ob der Homeserver läuft und „${key}“ in ${path} stimmt.`,
          en: `${address} is out of order (${said}): check that the homeserver runs and "${key}" in ${path} is right.`,
        }
      : {
          de: `${address} ist kein Matrix-Homeserver (${said}): „${key}“ in ${path} berichtigen.`,
          en: `${address} is no Matrix homeserver (${said}): correct "${key}" in ${path}.`,
        };
  return new RigError('targetRefused', text);
}

/** An account of the target file that cannot be used; `key` is its place there. */
export interface RefusedAccount {
  readonly userId: string;
  readonly key: string;
  readonly path: string;
}

export function loginRefused(answer: HttpAnswer, account: RefusedAccount): RigError {
  return new RigError('targetRefused', loginText(answer, account));
}

function loginText(answer: HttpAnswer, { userId, key, path }: RefusedAccount): Text {
  const said = briefly(answer);
  if (answer.status === 429) {
    return {
      de: `Das Ziel lässt ${userId} trotz Wartens nicht anmelden (${said}): Anmeldegrenzen dort lockern oder später erneut prüfen.`,
      en: `The target does not let ${userId} log in even after waiting (${said}): relax its login limits or test again later.`,
    };
  }
  if (answer.status === 401 || answer.status === 403) {
    return {
      de: `Das Ziel nimmt das Kennwort von ${userId} nicht an (${said}): ${key} in ${path} berichtigen, sonst die Kennung daneben und „serverName“.`,
      en: `The target does not accept the password of ${userId} (${said}): correct ${key} in ${path}, else the user id beside it and "serverName".`,
    };
  }
  return {
    de: `Das Ziel beantwortet die Anmeldung von ${userId} unbrauchbar (${said}): prüfen, ob „homeserverUrl“ in ${path} stimmt und Anmeldung mit Kennwort erlaubt ist.`,
    en: `The target does not answer the login of ${userId} usefully (${said}): check that "homeserverUrl" in ${path} is right and login with a password is allowed.`,
  };
}

export function tokenRefused(answer: HttpAnswer, { userId, key, path }: RefusedAccount): RigError {
  const said = briefly(answer);
  return new RigError('targetRefused', {
    de: `Das Ziel nimmt das Zugangstoken von ${userId} nicht an (${said}): ${key} in ${path} erneuern.`,
    en: `The target does not accept the access token of ${userId} (${said}): renew ${key} in ${path}.`,
  });
}

/** What the target says of itself is not what the target file says. */
export const otherThanWritten = (
  written: string,
  found: string,
  { key, path }: { key: string; path: string },
): Text => ({
  de: `In ${path} steht ${written}, das Ziel selbst nennt ${found}: „${key}“ berichtigen.`,
  en: `${path} says ${written}, the target itself says ${found}: correct "${key}".`,
});
