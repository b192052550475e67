import { html } from '../renderers/html/html.ts';
import { scrollRegion } from '../renderers/html/scroll-region.ts';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => unknown;
  /** Words stand left, figures right. */
  readonly words?: boolean;
}

/** A table whose first column names the row; wide ones scroll in themselves. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]) {
  const look = ({ words }: Column<Row>) => (words ? 'words' : 'number');
  const [first, ...others] = columns;
  return scrollRegion(
    caption,
    html`<table>
      <caption class="unseen">${caption}</caption>
      <thead><tr>${columns.map((column) => html`<th scope="col" class=${look(column)}>${column.head}</th>`)}</tr></thead>
      <tbody>${rows.map(
        (row) => html`<tr>
          <th scope="row" class=${first ? look(first) : ''}>${first?.cell(row)}</th>
          ${others.map((column) => html`<td class=${look(column)}>${column.cell(row)}</td>`)}
        </tr>`,
      )}</tbody>
    </table>`,
  );
}
