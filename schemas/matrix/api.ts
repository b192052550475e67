/** The APIs of the specification, by the names of their folders. */
export const apis = ['client-server', 'server-server', 'identity', 'application-service', 'push-gateway'] as const;

export type Api = (typeof apis)[number];
