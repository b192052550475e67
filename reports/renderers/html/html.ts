import htm from 'htm';
import { h, type VNode } from 'preact';

type Markup = (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

// htm's types describe a CommonJS module, its import is the function itself.
const bindable = htm as unknown as { bind(create: typeof h): Markup };

/** Builds nodes, never strings: whatever was observed is escaped by preact when it is rendered. */
export const html: Markup = bindable.bind(h);
