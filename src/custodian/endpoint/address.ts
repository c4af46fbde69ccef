import { BlockList, isIP } from 'node:net'

const PRIVATE = new BlockList()
const V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const
for (const [net, bits] of V4) PRIVATE.addSubnet(net, bits, 'ipv4')

/** Of IPv6, global unicast alone is reached, without the ranges in it that stand for something else or carry IPv4 inside. */
const GLOBAL = new BlockList()
GLOBAL.addSubnet('2000::', 3, 'ipv6')
const ODD = new BlockList()
const V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const
for (const [net, bits] of V6) ODD.addSubnet(net, bits, 'ipv6')

/** Whether an address is one of the public network: not private, link-local, loopback, multicast or of a special use. */
export function isPublic(address: string): boolean {
  const kind = isIP(address)
  if (kind === 4) return !PRIVATE.check(address, 'ipv4')
  return kind === 6 && GLOBAL.check(address, 'ipv6') && !ODD.check(address, 'ipv6')
}
