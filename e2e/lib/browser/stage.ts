import type { Page } from 'playwright-core';
import type { HttpSend } from '../../../core/http/http.ts';
import { type Alteration, sendAltered } from '../alteration.ts';
import { type LaunchOptions, launchChromium } from './chromium.ts';
import { freshContext } from './fresh-context.ts';
import { withPatientLogin } from './patient-login.ts';
import { type BlockedRequest, blockEverything, serveThroughBench } from './serve-through-bench.ts';

/** guest: a browser in which nobody ever logs in; member: one that keeps its session. */
export type Profile = 'guest' | 'member';

/** The pages that show the client. */
export interface Stage extends AsyncDisposable {
  /**
   * The page of that profile, loaded with that alteration or with none; `isNew` when it is still empty.
   * A member has one page at a time and every page of a guest a profile of its own, because clients refuse to run
   * twice in the same profile.
   */
  page(profile: Profile, alteration?: Alteration): Promise<{ readonly page: Page; readonly isNew: boolean }>;
  /** Requests to anybody but the target, none of which left the browser. */
  readonly blocked: readonly BlockedRequest[];
  /** Why requests of open pages got no answer. */
  readonly troubles: readonly unknown[];
}

export interface StageOptions extends LaunchOptions {
  readonly send: HttpSend;
  readonly origins: readonly string[];
  /** For each step a driver takes; 30 s unless told. */
  readonly stepTimeoutMs?: number;
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const blocked: BlockedRequest[] = [];
  const troubles: unknown[] = [];
  const onBlocked = (request: BlockedRequest) => blocked.push(request);
  const onTrouble = (trouble: unknown) => troubles.push(trouble);
  const member = await launchChromium(options);
  await blockEverything(member, onBlocked);
  const load = async (profile: Profile, alteration: Alteration | undefined) => {
    const context = profile === 'member' ? member : await freshContext(member);
    if (profile === 'guest') await blockEverything(context, onBlocked);
    const page = await context.newPage();
    page.setDefaultTimeout(options.stepTimeoutMs ?? 30_000);
    const send = withPatientLogin(sendAltered('browser', options.send, alteration));
    await serveThroughBench(page, { send, allowedOrigins: new Set(options.origins), onBlocked, onTrouble });
    return page;
  };
  const slots = new Map<string, { readonly page: Page; readonly alteration: Alteration | undefined }>();
  return {
    blocked,
    troubles,
    page: async (profile, alteration) => {
      const slot = profile === 'guest' && alteration !== undefined ? 'altered guest' : profile;
      const shown = slots.get(slot);
      if (shown && shown.alteration === alteration) return { page: shown.page, isNew: false };
      await (profile === 'guest' ? shown?.page.context().close() : shown?.page.close());
      const page = await load(profile, alteration);
      slots.set(slot, { page, alteration });
      return { page, isNew: true };
    },
    [Symbol.asyncDispose]: () => member.close(),
  };
}
