const sigils: Readonly<Record<string, string>> = { '!': '{room}', '@': '{user}', $: '{event}', '#': '{alias}' };

/** Method and path with ids replaced, e.g. `PUT /_matrix/client/v3/rooms/{room}/send/m.room.encrypted/{txn}`: stable between runs. */
export function operationOf(method: string, url: string): string {
  const segments = new URL(url).pathname.split('/').map(decodeURIComponent);
  const named = segments.map((segment, index) => {
    if (segments[index - 2] === 'send' || segments[index - 2] === 'sendToDevice') return '{txn}';
    if (segments[index - 1] === 'filter') return '{filter}';
    return sigils[segment.charAt(0)] ?? segment;
  });
  return `${method} ${named.join('/')}`;
}
