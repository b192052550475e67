import type { Adapter, AdapterConstructor, AdapterPayload } from 'oidc-provider';

/** Where the provider of one lab keeps sessions, codes and tokens: nowhere but here. */
export function createProviderMemory(): AdapterConstructor {
  const kept = new Map<string, AdapterPayload>();
  const all = () => [...kept.entries()];
  return class implements Adapter {
    readonly #prefix: string;

    constructor(model: string) {
      this.#prefix = `${model}:`;
    }

    async upsert(id: string, payload: AdapterPayload): Promise<void> {
      kept.set(this.#prefix + id, payload);
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      return kept.get(this.#prefix + id);
    }

    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return all().find(([key, payload]) => key.startsWith(this.#prefix) && payload.uid === uid)?.[1];
    }

    async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
      return all().find(([key, payload]) => key.startsWith(this.#prefix) && payload.userCode === userCode)?.[1];
    }

    async consume(id: string): Promise<void> {
      const payload = kept.get(this.#prefix + id);
      if (payload !== undefined) kept.set(this.#prefix + id, { ...payload, consumed: Math.floor(Date.now() / 1000) });
    }

    async destroy(id: string): Promise<void> {
      kept.delete(this.#prefix + id);
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, payload] of all()) if (payload.grantId === grantId) kept.delete(key);
    }
  };
}
