import type { Page } from 'playwright-core';
import type { ActiveContent } from './client-driver.ts';

/** Selectors of a client: its messages, the attribute that names their event, and where in them stands what somebody wrote. */
export interface MessagePlaces {
  readonly message: string;
  readonly idAttribute: string;
  readonly content: string;
  /** What the client itself puts there, in place of an address for example. */
  readonly ownParts: string;
}

/** What stands in the messages that is more than text and form. */
export function activeContentIn(page: Page, places: MessagePlaces): Promise<readonly ActiveContent[]> {
  return page.evaluate(({ message, idAttribute, content, ownParts }) => {
    const activeElements =
      'script,iframe,frame,object,embed,form,input,style,link,meta,base,svg,math,video,audio,template';
    const addresses = ['href', 'src', 'action', 'formaction', 'xlink:href', 'srcset', 'poster', 'background'];
    const isUnsafe = (value: string) => /^(javascript|vbscript|data|file):/i.test(value.replace(/[\s\p{Cc}]/gu, ''));
    const marksOf = (element: Element) => [
      ...(element.matches(activeElements) ? [element.localName] : []),
      ...element
        .getAttributeNames()
        .filter(
          (name) => /^on/i.test(name) || (addresses.includes(name) && isUnsafe(element.getAttribute(name) ?? '')),
        ),
      ...(/url\s*\(/i.test(element.getAttribute('style') ?? '') ? ['style'] : []),
    ];
    return [...document.querySelectorAll(message)].flatMap((tile) => {
      const eventId = tile.getAttribute(idAttribute) ?? '';
      const inside = [...tile.querySelectorAll(`${content}, ${content} *`)];
      const written = inside.filter((element) => element.closest(ownParts) === null);
      return written.flatMap(marksOf).map((what) => ({ eventId, what }));
    });
  }, places);
}
