import { isIPv6 } from 'node:net';

const portPattern = /^[0-9]{1,5}$/;
const dnsNamePattern = /^[A-Za-z0-9.-]{1,255}$/;
const bracketed = /^\[([0-9A-Fa-f:.]{2,45})\](?::(.*))?$/;

/** Appendices, "Server Name": DNS name, IPv4 address or bracketed IPv6 address, then perhaps a port. */
export function isServerName(text: string): boolean {
  const ipv6 = bracketed.exec(text);
  if (ipv6 !== null) return isIPv6(ipv6[1] ?? '') && isOptionalPort(ipv6[2]);
  const [host = '', port, ...rest] = text.split(':');
  return rest.length === 0 && dnsNamePattern.test(host) && isOptionalPort(port);
}

function isOptionalPort(port: string | undefined): boolean {
  return port === undefined || portPattern.test(port);
}
