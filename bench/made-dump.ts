import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { constants, createZstdCompress, zstdDecompressSync } from 'node:zlib'
import { CORPUS } from './hosted.ts'

const DATABASES = ['npm', 'pypi', 'go', 'crates.io']
const PARAMS = { [constants.ZSTD_c_compressionLevel]: 1 }

interface Dumped {
  id: string
  aliases?: string[]
  related?: string[]
  upstream?: string[]
  affected?: { package?: { name?: string; purl?: string } }[]
}

/** What was written: records, and the bytes they unpack to. */
export interface MadeDump {
  readonly records: number
  readonly bytes: number
}

/**
 * Writes a dump of OSV as large as the whole database, as Zstandard NDJSON: the shared advisories again and again, each time of other
 * packages and under other names. The same for the same number.
 */
export async function writeDump(path: string, records: number): Promise<MadeDump> {
  const lines = DATABASES.flatMap((name) =>
    zstdDecompressSync(readFileSync(join(CORPUS, `advisories/osv-${name}.ndjson.zst`)))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== ''),
  )
  const packed = createZstdCompress({ params: PARAMS })
  const out = packed.pipe(createWriteStream(path))
  let bytes = 0
  for (let n = 0; n < records; n++) {
    const line = `${renamed(lines[n % lines.length]!, Math.floor(n / lines.length))}\n`
    bytes += Buffer.byteLength(line)
    if (!packed.write(line)) await once(packed, 'drain')
  }
  packed.end()
  await finished(out)
  return { records, bytes }
}

function renamed(line: string, round: number): string {
  if (round === 0) return line
  const record = JSON.parse(line) as Dumped
  const name = (id: string) => otherId(id, round)
  record.id = name(record.id)
  for (const list of ['aliases', 'related', 'upstream'] as const) record[list] = record[list]?.map(name) ?? []
  for (const { package: of } of record.affected ?? []) {
    if (of === undefined) continue
    of.name = `${of.name}-${round}`
    delete of.purl
  }
  return JSON.stringify(record)
}

/** `CVE-2024-1234` becomes `CVE-2024-101234`; what ends in no number has two other letters at its end. */
function otherId(id: string, round: number): string {
  const number = /\d+$/.exec(id)
  if (number !== null && !id.startsWith('GHSA-')) return `${id.slice(0, number.index)}${round * 100_000 + Number(number[0])}`
  return `${id.slice(0, -2)}${round.toString(36).padStart(2, '0')}`
}
