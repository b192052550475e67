import type { BrowserContext, Page } from 'playwright-core';
import type { HttpSend } from '../../../core/http/http.ts';
import { RigError } from '../../../core/model/rig-error.ts';
import { type Alteration, sendAltered } from '../alteration.ts';
import { type LaunchOptions, launchChromium, officeComputer } from './chromium.ts';
import { type BlockedRequest, serveThroughBench } from './serve-through-bench.ts';

/** A browser with two profiles: one in which nobody ever logs in, and one that keeps its session. */
export type Profile = 'guest' | 'member';

/**
 * The pages that show the client. One page for each profile, because clients refuse to run twice in a profile;
 * a page that was loaded with an alteration is replaced as soon as another one is asked for.
 */
export interface Stage extends AsyncDisposable {
  /** The page of that profile; `isNew` when it is still empty. */
  page(profile: Profile, alteration?: Alteration): Promise<{ readonly page: Page; readonly isNew: boolean }>;
  /** Requests to anybody but the target, none of which left the browser. */
  readonly blocked: readonly BlockedRequest[];
}

export interface StageOptions extends LaunchOptions {
  readonly send: HttpSend;
  readonly origins: readonly string[];
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const blocked: BlockedRequest[] = [];
  const member = await launchChromium(options);
  const guest = await member.browser()?.newContext(officeComputer);
  if (guest === undefined) throw new RigError('toolFailed', 'Chromium gave no second profile');
  const profiles = { guest: profileOf(guest), member: profileOf(member) };
  for (const { context, altered } of Object.values(profiles)) {
    await serveThroughBench(context, {
      send: (request) => sendAltered('browser', options.send, altered())(request),
      allowedOrigins: new Set(options.origins),
      onBlocked: (request) => blocked.push(request),
    });
  }
  return {
    blocked,
    page: (profile, alteration) => profiles[profile].page(alteration),
    [Symbol.asyncDispose]: () => member.close(),
  };
}

function profileOf(context: BrowserContext) {
  let current: { readonly page: Page; readonly alteration: Alteration | undefined } | undefined;
  return {
    context,
    altered: () => current?.alteration,
    page: async (alteration: Alteration | undefined) => {
      if (current?.alteration === alteration && current && !current.page.isClosed()) {
        return { page: current.page, isNew: false };
      }
      await current?.page.close();
      current = { page: await context.newPage(), alteration };
      return { page: current.page, isNew: true };
    },
  };
}
