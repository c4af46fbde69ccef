import { createHash } from 'node:crypto'
import type { Hop, Provenance } from '../core/cases/relay/provenance.ts'
import { termsDigest } from '../core/cases/relay/provenance.ts'
import type { RelayFile, RelaySource } from '../core/cases/relay/relay-source.ts'
import { instant } from '../core/kernel/instant.ts'

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

const AT = instant(Date.UTC(2026, 10, 20, 9))

export function relayFile(kind: RelayFile['kind'], content: string | Uint8Array): RelayFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { kind, bytes, digest: Buffer.from(sha256(bytes)).toString('hex') }
}

const CHAIN: readonly Hop[] = [
  { role: 'finder', name: 'Example Lab', at: AT, handle: 'EL-2026-7' },
  { role: 'coordinator', name: 'Clearing House', at: instant(AT + 3_600_000), handle: 'ABCD-EFGH' },
]

export function relayProvenance(over: Partial<Provenance> = {}): Provenance {
  const terms = {
    text: 'Kept secret until 90 days have passed.\nEarlier by consent.',
    end: instant(AT + 90 * 86_400_000),
    zone: 'Europe/Berlin',
  }
  const embargo = { ...terms, digest: termsDigest(terms, sha256) }
  return {
    credits: ['Ada of Example Lab'],
    chain: CHAIN,
    origins: ['https://lab.example/finds'],
    embargo,
    duplicateHint: null,
    ...over,
  }
}

/** A case with everything that a relay can carry, about software that does not exist. */
export function relaySource(over: Partial<RelaySource> = {}): RelaySource {
  return {
    reference: 'ABCD-EFGH',
    summary: 'A long header overflows a fixed buffer',
    description: 'The parser copies a header of any length into 8 KiB.',
    trigger: 'Send a header of 9,000 bytes.',
    impact: 'Whoever sends the header runs code.',
    discovery: { method: 'ai-assisted', tooling: 'a fuzzer with a model' },
    products: [
      {
        purl: 'pkg:npm/%40example/lib',
        vendor: 'example',
        product: 'lib',
        versions: ['1.0.0', '1.0.1'],
        range: '>= 1.0.0, < 1.0.2',
        patched: '1.0.2',
        functions: ['parseHeader'],
        repository: 'https://github.com/example/lib',
      },
    ],
    symbol: { file: 'src/parse.js', function: 'parseHeader' },
    severity: { word: 'high', vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N' },
    weaknesses: ['CWE-787'],
    verified: 'confirmed',
    introducedCommit: '0123456789abcdef',
    fixedCommit: null,
    files: [
      relayFile('reproducer', new Uint8Array([0, 255, 1, 254])),
      relayFile('patch', '--- a\n+++ b\n'),
      relayFile('test', 'it fails\n'),
    ],
    aliases: ['CVE-2026-12345'],
    references: ['https://lab.example/finds'],
    public: false,
    exploited: false,
    firstContact: AT,
    provenance: relayProvenance(),
    personal: ['Grace Reporter', 'grace@home.example', 'ghopper'],
    ...over,
  }
}
