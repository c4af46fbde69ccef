import { BlockList, isIP } from 'node:net'
import { GLOBAL_6, NOT_PUBLIC_4, NOT_PUBLIC_6 } from '../../core/kernel/special-networks.ts'

const refused4 = new BlockList()
for (const [net, bits] of NOT_PUBLIC_4) refused4.addSubnet(net, bits, 'ipv4')
const global6 = new BlockList()
global6.addSubnet(...GLOBAL_6, 'ipv6')
const refused6 = new BlockList()
for (const [net, bits] of NOT_PUBLIC_6) refused6.addSubnet(net, bits, 'ipv6')

/**
 * Whether an address belongs to the public network. Of IPv6, global unicast alone counts: mapped IPv4, NAT64 (64:ff9b::/96),
 * unique local, link-local, loopback and multicast all lie outside it.
 */
export function isPublic(address: string): boolean {
  const kind = isIP(address)
  if (kind === 4) return !refused4.check(address, 'ipv4')
  // A zone names an interface of this host, so its address is not one of the public network.
  return kind === 6 && !address.includes('%') && global6.check(address, 'ipv6') && !refused6.check(address, 'ipv6')
}
