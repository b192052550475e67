import { createHash } from 'node:crypto';
import { html } from './html.ts';

interface PageHead {
  readonly title: string;
  readonly style: string;
  /** What the page may show beside text and drawings, as a content security policy has it; nothing without it. */
  readonly pictures?: string;
}

export const pageHead = ({ title, style, pictures }: PageHead) => html`<head>
  <meta charset="utf-8" />
  <meta http-equiv="Content-Security-Policy" content=${contentSecurityPolicy(style, pictures)} />
  <meta name="referrer" content="no-referrer" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <meta name="color-scheme" content="light dark" />
  <title>${title}</title>
  <style dangerouslySetInnerHTML=${{ __html: style }}></style>
</head>`;

/** Whatever slipped through as markup could neither run nor load anything. */
const contentSecurityPolicy = (style: string, pictures: string | undefined): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    ...(pictures === undefined ? [] : [`img-src ${pictures}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
