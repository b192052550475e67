import type { ReportModel } from './report-model.ts';

/** One file per format under reports/renderers, found by the suffix `.renderer.ts`; its single export is a Renderer. */
export interface Renderer {
  /** Name for `--formats`. */
  readonly format: string;
  /** File within the report folder. */
  readonly file: string;
  /** Pure: the same model gives the same bytes. */
  render(model: ReportModel): string;
}
