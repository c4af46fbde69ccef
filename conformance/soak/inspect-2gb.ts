import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import { seeded } from '../../bench/shapes.ts'
import { openFileSource } from '../../src/cli/evaluate/read-source.ts'
import { readInspectLog } from '../../src/formats/inspect/read-log.ts'

// Imports an evaluation log of 2 GB, once as an archive of four members and once as one JSON document, each within 512 MB resident.

const MB = 1_000_000
const BYTES = Number(process.env['INSPECT_MB'] ?? 2000) * MB
const MOST_RESIDENT = Number(process.env['INSPECT_RESIDENT_MB'] ?? 512) * MB
const HEAP = Number(process.env['INSPECT_HEAP_MB'] ?? 192)
const BLOCK = Math.min(8 * MB, BYTES / 8)
const random = seeded(7)

/** Events of one sample that do not pack well, with something to overwrite in every one. */
const block = process.argv[2] === undefined ? Buffer.from(`${events(BLOCK)},\n`) : Buffer.alloc(0)
const packedBlock = deflateRawSync(block, { level: 1, finishFlush: constants.Z_FULL_FLUSH })

process.exit(process.argv[2] === undefined ? both() : importOne(process.argv[2]))

function both(): number {
  const home = mkdtempSync(join(tmpdir(), 'weir-inspect-'))
  let failed = false
  try {
    for (const [name, write] of [
      ['log.eval', writeArchive],
      ['log.json', writeDocument],
    ] as const) {
      const path = join(home, name)
      const samples = write(path)
      failed = !imported(path, samples) || failed
      rmSync(path)
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
  console.log(failed ? 'FAILED' : 'passed: both within the bound')
  return failed ? 1 : 0
}

/** In a process of its own: imports the log and prints what came of it and the most memory that was resident meanwhile. */
function importOne(path: string): number {
  const file = openFileSource(path, 'log')
  const read = file.drive(readInspectLog(file.source))
  file.close()
  const log = read.ok ? read.log : null
  const keys = log?.keys.reduce((sum, { count }) => sum + count, 0) ?? 0
  const codes = [...new Set((read.ok ? read.log : read).findings.map((finding) => finding.code))]
  const rss = process.resourceUsage().maxRSS * 1024
  console.log(JSON.stringify({ rss, samples: log?.samples.length ?? 0, keys, finished: log?.isFinished ?? false, codes }))
  return 0
}

function imported(path: string, samples: number): boolean {
  const began = performance.now()
  const child = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${HEAP}`, import.meta.filename, path],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const seconds = (performance.now() - began) / 1000
  if (child.status !== 0) {
    console.log(`${path}: the import ended with ${child.signal ?? child.status}`)
    return false
  }
  const said = JSON.parse(child.stdout) as { rss: number; samples: number; keys: number; finished: boolean; codes: string[] }
  const megabytes = statSync(path).size / MB
  console.log(
    `${path.slice(-4)} ${megabytes.toFixed(0)} MB: ${said.samples} samples, ${said.keys} keys, peak ${(said.rss / MB).toFixed(0)} MB resident, ` +
      `${seconds.toFixed(1)} s, ${(megabytes / seconds).toFixed(0)} MB/s, findings: ${said.codes.join(' ')}`,
  )
  return said.samples === samples && said.finished && said.keys > 0 && said.rss <= MOST_RESIDENT
}

function events(bytes: number): string {
  const parts: string[] = []
  let length = 0
  while (length < bytes) {
    const noise = Array.from({ length: 200 }, () => Math.floor(random() * 2 ** 40).toString(36)).join(' ')
    const event = JSON.stringify({
      event: 'model',
      output: { completion: `said "${noise}"\nsk-proj-${'a1B2'.repeat(12)} end` },
    })
    parts.push(event)
    length += event.length + 1
  }
  return parts.join(',\n')
}

function sampleHead(id: number): string {
  return `{"id":${id},"epoch":1,"input":"x","target":"y","messages":[],"events":[\n`
}

function sampleTail(id: number): string {
  return `{"event":"end"}],"scores":{"match":{"value":"${id % 2 === 0 ? 'C' : 'I'}","history":[]}},"model_usage":{"m":{"total_tokens":9}}}`
}

function headerFields(samples: number): string {
  const spec = { task: 'large', task_id: 't', model: 'm/m', created: '2026-01-01T00:00:00+00:00', config: { epochs: 1 } }
  const metrics = { accuracy: { name: 'accuracy', value: 0.5, params: {} } }
  const scores = [{ name: 'match', scorer: 'match', params: {}, metrics }]
  const log = {
    version: 2,
    status: 'success',
    eval: spec,
    results: { total_samples: samples, completed_samples: samples, scores },
  }
  return JSON.stringify(log)
}

function writeDocument(path: string): number {
  const file = openSync(path, 'w')
  const samples = 4
  const blocks = Math.ceil(BYTES / samples / block.length)
  writeSync(file, `${headerFields(samples).slice(0, -1)},"samples":[`)
  for (let id = 1; id <= samples; id++) {
    writeSync(file, (id > 1 ? ',' : '') + sampleHead(id))
    for (let k = 0; k < blocks; k++) writeSync(file, block)
    writeSync(file, sampleTail(id))
  }
  writeSync(file, ']}')
  closeSync(file)
  return samples
}

/** Members of half a gigabyte each: a piece that is packed once stands in them many times over. */
function writeArchive(path: string): number {
  const file = openSync(path, 'w')
  const samples = 4
  const blocks = Math.ceil(BYTES / samples / packedBlock.length)
  const directory: Buffer[] = []
  let at = 0
  const put = (bytes: Uint8Array) => {
    writeSync(file, bytes)
    at += bytes.length
  }
  const flushed = (text: string) => deflateRawSync(text, { finishFlush: constants.Z_FULL_FLUSH })
  const add = (name: string, head: string, times: number, tail: string) => {
    const began = at
    put(localHeader(name))
    const from = at
    put(flushed(head))
    let crc = crc32(head)
    for (let k = 0; k < times; k++) {
      put(packedBlock)
      crc = crc32(block, crc)
    }
    put(deflateRawSync(tail))
    const size = Buffer.byteLength(head) + times * block.length + Buffer.byteLength(tail)
    directory.push(entry(name, crc32(tail, crc), at - from, size, began))
  }
  for (let id = 1; id <= samples; id++) add(`samples/${id}_epoch_1.json`, sampleHead(id), blocks, sampleTail(id))
  add('header.json', headerFields(samples), 0, '')
  const began = at
  for (const one of directory) put(one)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(at - began, 12)
  end.writeUInt32LE(began, 16)
  put(end)
  closeSync(file)
  return samples
}

function localHeader(name: string): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(8, 8)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, Buffer.from(name)])
}

function entry(name: string, crc: number, packed: number, size: number, at: number): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(8, 10)
  header.writeUInt32LE(crc, 16)
  header.writeUInt32LE(packed, 20)
  header.writeUInt32LE(size, 24)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt32LE(at, 42)
  return Buffer.concat([header, Buffer.from(name)])
}
