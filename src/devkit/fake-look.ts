import type { LooksUnderTest } from './look-suite.ts'

/** Looking for proofs in memory: what was put somewhere is found there. */
export function fakeLook(): LooksUnderTest {
  const records = new Map<string, readonly (readonly string[])[]>()
  const files = new Map<string, string>()
  let asked = 0
  return {
    look: async (kind, place) => {
      if (kind === 'security-txt' && place !== 'maker.example') return null
      if (kind !== 'security-txt' && kind !== 'dns-txt') return null
      asked++
      if (kind === 'security-txt') return files.get(place)?.slice(0, 256 << 10) ?? null
      const found = records.get(place)
      return found === undefined ? null : found.map((parts) => parts.join('')).join('\n')
    },
    putRecords: (domain, all) => void records.set(domain, all),
    putFile: (host, text) => void files.set(host, text),
    asked: () => asked,
  }
}
