import { BlockList, isIP } from 'node:net'

// IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890), with multicast and what is reserved.
const NOT_PUBLIC_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

/** Within global unicast: what carries IPv4 inside (Teredo, 6to4), documentation, benchmarks and overlays. */
const NOT_PUBLIC_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3ffe::', 16],
  ['3fff::', 20],
] as const

const refused4 = new BlockList()
for (const [net, bits] of NOT_PUBLIC_4) refused4.addSubnet(net, bits, 'ipv4')
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')
const refused6 = new BlockList()
for (const [net, bits] of NOT_PUBLIC_6) refused6.addSubnet(net, bits, 'ipv6')

/**
 * Whether an address belongs to the public network. Of IPv6, global unicast alone counts: mapped IPv4, NAT64 (64:ff9b::/96),
 * unique local, link-local, loopback and multicast all lie outside it.
 */
export function isPublicAddress(address: string): boolean {
  const kind = isIP(address)
  if (kind === 4) return !refused4.check(address, 'ipv4')
  // A zone names an interface of this host, so its address is not one of the public network.
  return kind === 6 && !address.includes('%') && global6.check(address, 'ipv6') && !refused6.check(address, 'ipv6')
}
