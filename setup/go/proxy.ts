const publicProxy = 'https://proxy.golang.org';

export interface ProxyAddress {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The first proxy of a GOPROXY list that speaks HTTP, or undefined when the list forbids all. A name and password in it become a header. */
export function firstProxy(goproxy: string | undefined): ProxyAddress | undefined {
  const list = goproxy?.trim() ? goproxy.split(/[,|]/).map((entry) => entry.trim()) : [publicProxy];
  const entry = list.find((candidate) => /^https?:\/\//.test(candidate));
  if (entry === undefined) return undefined;
  const url = new URL(entry);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const headers = username ? { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } : undefined;
  return { url: url.href.replace(/\/$/, ''), headers: headers ?? {} };
}
