import { isIPv6 } from 'node:net';

const portPattern = /^[0-9]{1,5}$/;
const dnsNamePattern = /^[A-Za-z0-9.-]{1,255}$/;
const dottedQuad = /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/;
const bracketed = /^\[([0-9A-Fa-f:.]{2,45})\](?::(.*))?$/;

/** Appendices, "Server Name": DNS name, IPv4 address or bracketed IPv6 address, then perhaps a port. */
export function isServerName(text: string): boolean {
  const ipv6 = bracketed.exec(text);
  if (ipv6 !== null) return isIPv6(ipv6[1] ?? '') && isOptionalPort(ipv6[2]);
  const [host = '', port, ...rest] = text.split(':');
  return rest.length === 0 && isHost(host) && isOptionalPort(port);
}

// Four decimal numbers would also be letters of a DNS name, but as an address they end at 255.
function isHost(host: string): boolean {
  return dnsNamePattern.test(host) && (!dottedQuad.test(host) || host.split('.').every((part) => Number(part) <= 255));
}

function isOptionalPort(port: string | undefined): boolean {
  return port === undefined || portPattern.test(port);
}
