/** The engines the suite drives; older ones would only add lowered syntax. */
export const browserTargets = ['chrome120', 'firefox121', 'safari17.2'];
