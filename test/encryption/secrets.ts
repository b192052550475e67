import type { HttpSend } from '../../core/http/http.ts';
import type { Family, FamilyRuntime } from '../../core/model/family-runtime.ts';
import { parsedJson } from '../../core/parsed-json.ts';
import type { EncryptionContext, EncryptionDefect } from '../../e2e/encryption/context.ts';
import type { CryptoDevice } from '../../e2e/lib/crypto-device.ts';
import { at, membersOf } from '../../e2e/lib/wire/json.ts';
import { formsIn, formsOf } from '../../e2e/lib/wire/word-forms.ts';

type EncryptionFamily = Family<EncryptionContext, EncryptionDefect>;

/** By kind, as they were before anything was kept. */
export class Secrets {
  readonly #found = new Map<string, Set<string>>();

  note(kind: string, ...values: readonly unknown[]): void {
    const known = this.#found.get(kind) ?? new Set();
    for (const value of values) if (typeof value === 'string') known.add(value);
    this.#found.set(kind, known);
  }

  get kinds(): readonly string[] {
    return [...this.#found].flatMap(([kind, values]) => (values.size > 0 ? [kind] : [])).toSorted();
  }

  get one(): string {
    return [...this.#found.values()].flatMap((values) => [...values])[0] ?? '';
  }

  /** `kind: file` for everything that stands in one of the files; what people write is looked for in whatever form. */
  leaksInto(files: ReadonlyMap<string, string>): readonly string[] {
    const all = [...this.#found].flatMap(([kind, values]) => [...values].map((value) => ({ kind, value })));
    return [...files].flatMap(([file, text]) =>
      all.flatMap(({ kind, value }) => (stands(kind, value, text) ? [`${kind}: ${file}`] : [])),
    );
  }
}

const isWritten = (kind: string) => kind === 'file' || kind === 'text of a message';

const stands = (kind: string, value: string, text: string): boolean =>
  isWritten(kind) ? formsIn(text, formsOf(value)).length > 0 : text.includes(value);

/** Notes what passes, before the family redacts it. */
export const overheard =
  (send: HttpSend, secrets: Secrets): HttpSend =>
  async (request) => {
    secrets.note('token', /^Bearer (.+)$/.exec(request.headers?.['Authorization'] ?? '')?.[1]);
    secrets.note('token', /^Bearer (.+)$/.exec(request.headers?.['authorization'] ?? '')?.[1]);
    const answer = await send(request);
    for (const body of [request.body, answer.text()]) {
      const json = typeof body === 'string' ? parsedJson(body) : undefined;
      for (const name of ['one_time_keys', 'fallback_keys']) noteKeys(at(json, name), secrets);
    }
    return answer;
  };

function noteKeys(value: unknown, secrets: Secrets): void {
  secrets.note('one-time key', at(value, 'key'));
  for (const [name, inner] of membersOf(value)) if (name !== 'signatures') noteKeys(inner, secrets);
}

/** The family with devices that note what people write and keep: texts, recovery keys, and at the end the room keys. */
export const attentive = (family: EncryptionFamily, secrets: Secrets): EncryptionFamily => ({
  ...family,
  open: async (bench) => listeningTo(await family.open(bench), secrets),
});

const listeningTo = (
  runtime: FamilyRuntime<EncryptionContext, EncryptionDefect>,
  secrets: Secrets,
): FamilyRuntime<EncryptionContext, EncryptionDefect> => ({
  ...runtime,
  contextFor: async (check, options) => {
    const open = await runtime.contextFor(check, options);
    const devices: CryptoDevice[] = [];
    const device: EncryptionContext['device'] = async (...wish) => {
      const opened = await open.context.device(...wish);
      devices.push(opened);
      return attend(opened, secrets);
    };
    return {
      ...open,
      context: { ...open.context, device },
      evidence: async () => {
        for (const one of devices) {
          // A device that has signed out has none.
          const keys = await one.exportRoomKeys().catch(() => []);
          secrets.note('room key', ...keys.map(({ sessionKey }) => sessionKey));
        }
        return open.evidence();
      },
    };
  },
});

/** In place: flows hand devices back to the context, which knows them by identity. */
function attend(device: CryptoDevice, secrets: Secrets): CryptoDevice {
  const { sendText, edit, setUpBackup } = device;
  return Object.assign(device, {
    sendText: (roomId: string, text: string) => {
      secrets.note('text of a message', text);
      return sendText(roomId, text);
    },
    edit: (roomId: string, eventId: string, text: string) => {
      secrets.note('text of a message', text);
      return edit(roomId, eventId, text);
    },
    setUpBackup: async () => {
      const recoveryKey = await setUpBackup();
      secrets.note('recovery key', recoveryKey, recoveryKey.replaceAll(' ', ''));
      return recoveryKey;
    },
  });
}
