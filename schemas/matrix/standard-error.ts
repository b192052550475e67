/** What every error of the Matrix API must look like: M_ codes are the specification's, others carry a namespace. */
export const standardErrorSchema = {
  type: 'object',
  required: ['errcode'],
  properties: {
    errcode: { type: 'string', pattern: '^(M_[A-Z0-9_]+|[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9_-]+)+)$' },
    error: { type: 'string' },
  },
};
