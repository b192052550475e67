import { EventEmitter } from 'node:events';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { watchDoings } from './page-doings.ts';

const addressed = (address: string) => ({ url: () => address });

/** A page as far as it is watched. */
function pageAt(address: string) {
  const main = { address, url: () => main.address };
  const page = Object.assign(new EventEmitter(), {
    url: () => main.address,
    mainFrame: () => main,
    context: () => ({ exposeFunction: async () => {} }),
  });
  const goTo = (next: string) => {
    main.address = next;
    page.emit('framenavigated', main);
  };
  return { page: page as unknown as Page, goTo, emit: page.emit.bind(page) };
}

it('notes where the page or a new window of it goes, not what moves inside', async () => {
  const { page, goTo, emit } = pageAt('https://client.example/#/room');
  const doings = await watchDoings(page, 'lief');
  goTo('https://client.example/#/other');
  emit('framenavigated', addressed('https://frame.example/'));
  expect(doings.departures).toEqual([]);
  goTo('https://fremd.example/1?from=client');
  emit('popup', addressed('https://fremd.example/2'));
  expect(doings.departures).toEqual(['https://fremd.example/1', 'https://fremd.example/2']);
});
