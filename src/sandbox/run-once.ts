import { closeSync, openSync, readSync } from 'node:fs'
import type { SandboxRequest } from '../core/sandbox/contract.ts'
import { getFrom, keepFrom, putInto } from './carry.ts'
import type { TreeStore } from './depot/store.ts'
import type { Desk, Reply } from './desk.ts'
import { writeWhole } from './wire/intake.ts'

/** Opens, puts, runs, gets, keeps, closes; everything inside is dead when this resolves. */
export async function runOnce(
  desk: Desk,
  store: TreeStore,
  { n, box: name, spec }: Extract<SandboxRequest, { do: 'run' }>,
  file: string | null,
): Promise<Reply> {
  const box = await desk.open(name, spec.open)
  const passing: string[] = []
  try {
    const archive = spec.put > 0 && file !== null ? cut(file, 0, spec.put, store.scratch()) : null
    const stdin = spec.stdin > 0 && file !== null ? cut(file, spec.put, spec.stdin, store.scratch()) : null
    for (const part of [archive, stdin]) if (part !== null) passing.push(part)
    if (archive !== null) await putInto(box, '/', archive)
    const { result, stdout, stderr } = await box.exec(spec.exec, { stdin })
    const got = box.isOpen && spec.get.length > 0 ? await getFrom(box, store, spec.get, false) : null
    if (got !== null) passing.push(got.file)
    const well = result.end.how === 'ended' && result.end.exit === 0
    const kept = spec.keep !== null && well && box.isOpen ? await keepFrom(box, store, spec.keep.path, spec.keep.entry) : null
    await desk.close(name)
    const sizes = { bytes: stdout.length + stderr.length + (got?.bytes ?? 0), got: got?.bytes ?? 0 }
    const lost = got === null ? spec.get.map((path) => `${path}: the sandbox had ended`) : got.leftOut
    const { tier, openMs } = box
    return {
      answer: { n, did: 'ran', tier, openMs, ...sizes, leftOut: lost, kept, ...result },
      payloads: [stdout, stderr, ...(got === null ? [] : [{ file: got.file }])],
      passing,
    }
  } finally {
    await desk.close(name)
  }
}

const CHUNK = 1 << 20

function cut(file: string, from: number, length: number, to: string): string {
  const source = openSync(file, 'r')
  const target = openSync(to, 'wx', 0o640)
  const chunk = Buffer.alloc(Math.min(CHUNK, length))
  try {
    for (let done = 0; done < length; ) {
      const got = readSync(source, chunk, 0, Math.min(chunk.length, length - done), from + done)
      if (got === 0) break
      writeWhole(target, chunk.subarray(0, got))
      done += got
    }
    return to
  } finally {
    closeSync(source)
    closeSync(target)
  }
}
