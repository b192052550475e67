/** The six kinds of check; each has its own folder, file suffix and context. */
export const familyNames = ['conformance', 'policy', 'encryption', 'accessibility', 'compatibility', 'load'] as const;

export type FamilyName = (typeof familyNames)[number];
