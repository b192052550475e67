/** Address of a section of the server-server API in the edition the suite stands on. */
export const serverClause = (anchor: string): string => `https://spec.matrix.org/v1.19/server-server-api/#${anchor}`;
