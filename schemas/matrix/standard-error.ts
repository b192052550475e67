/** What every error of the Matrix API must look like: M_ codes are the specification's, others carry a namespace. */
export const standardErrorSchema = {
  type: 'object',
  required: ['errcode'],
  properties: {
    errcode: { type: 'string', pattern: '^(M_[A-Z0-9_]+|[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9_-]+)+)$' },
    error: { type: 'string' },
  },
};

/** How an operation asks for user-interactive authentication: https://spec.matrix.org/v1.19/client-server-api/#user-interactive-api-in-the-rest-api */
export const authenticationAskedSchema = {
  type: 'object',
  required: ['flows'],
  properties: {
    flows: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['stages'],
        properties: { stages: { type: 'array', items: { type: 'string' } } },
      },
    },
    session: { type: 'string' },
  },
};
