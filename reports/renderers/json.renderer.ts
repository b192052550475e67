import type { Renderer } from '../renderer.ts';
import { resultsFrom } from '../results.ts';

/** The verdict file for tools; its shape is schemas/suite/results.schema.json. */
export const jsonRenderer: Renderer = {
  format: 'json',
  file: 'results.json',
  render: (model) => `${JSON.stringify(resultsFrom(model), null, 2)}\n`,
};
