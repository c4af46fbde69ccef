import type { VersionKey } from '../src/core/kernel/version-order.ts'
import { versionOrder } from '../src/core/kernel/version-order.ts'
import { seeded } from './shapes.ts'

export interface VersionBenchRow {
  readonly bench: 'versions'
  readonly ecosystem: string
  readonly rule: string
  /** Two texts read and compared; per second of processor time. */
  readonly textsPerSecond: number
  /** Two keys compared that were read before. */
  readonly keysPerSecond: number
}

/** How the ecosystem's versions end; what stands before is three numbers. */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  npm: ['', '', '-rc.1', '-beta.2'],
  Go: ['', '+incompatible', '-0.20240101000000-abcdefabcdef'],
  PyPI: ['', '', 'rc1', '.post1', '.dev3'],
  Maven: ['', '.Final', '-SNAPSHOT', '-beta-2', '.RELEASE'],
  RubyGems: ['', '.1', '.pre.1'],
  Packagist: ['', '-RC1', '-beta2', '.0'],
  NuGet: ['', '.4', '-preview.2'],
  Debian: ['-1', '-2+deb12u3', '+dfsg-1~bpo12+1'],
  'Red Hat': ['-1.el9', '-22.el8_10.3', '~rc1-1.el9'],
  Alpine: ['-r0', '-r12', '_rc1-r1', 'a-r0'],
  Pub: ['', '+1', '-dev.2'],
  CRAN: ['', '-1'],
  Hackage: ['.0', '.1'],
  generic: ['', 'k', '-rc1'],
}
const VERSIONS = 2_000
const MEASURED_MS = 400

/** Times the version orders on 2,000 made-up versions each: texts as they come, and keys that were read before. */
export function* benchVersions(): Generator<VersionBenchRow> {
  for (const [ecosystem, ends] of Object.entries(ENDS)) {
    const order = versionOrder(ecosystem)!
    const random = seeded(7)
    const upTo = (most: number): number => Math.floor(random() * most)
    const texts = Array.from(
      { length: VERSIONS },
      () => `${ecosystem === 'Go' ? 'v' : ''}${upTo(4)}.${upTo(12)}.${upTo(30)}${ends[upTo(ends.length)]}`,
    )
    const keys = texts.map((text): VersionKey => order.key(text)!)
    const next = (i: number): number => (i * 7 + 1) % VERSIONS
    yield {
      bench: 'versions',
      ecosystem,
      rule: order.rule,
      textsPerSecond: perSecond((i) => order.compare(texts[i]!, texts[next(i)]!)),
      keysPerSecond: perSecond((i) => order.compareKeys(keys[i]!, keys[next(i)]!)),
    }
  }
}

// By the processor's time, not the clock's: nothing here waits, and a shared machine would be measured instead.
function perSecond(work: (i: number) => unknown): number {
  const spent = (): number => process.cpuUsage().user / 1_000
  const run = (untilMs: number): number => {
    const started = spent()
    let done = 0
    for (; spent() - started < untilMs; done += VERSIONS) for (let i = 0; i < VERSIONS; i++) work(i)
    return done / (spent() - started)
  }
  run(MEASURED_MS / 4)
  return Math.round(run(MEASURED_MS) * 1_000)
}
