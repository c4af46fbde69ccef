import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dropProgram } from '../witness/drop.ts'
import { witnessProgram } from '../witness/elf.ts'
import type { Tools } from './tools.ts'

/** What the sandboxes of this tier see of ours beside the room: readable, because the agent inside is another user than the program. */
export interface GvisorRoom {
  readonly witness: string
  /** The program that gives up the agent's user and takes the filter. */
  dropOf(loopback: boolean): string
  /** An empty folder, over which each sandbox mounts what is its own. */
  readonly place: string
}

/** Prepares it in `folder`, which is empty; null where the processor is not x86-64 or arm64. */
export function prepareGvisorRoom(folder: string, tools: Tools): GvisorRoom | null {
  const { arch } = process
  const witness = witnessProgram(arch)
  if ((arch !== 'x64' && arch !== 'arm64') || witness === null) return null
  const place = join(folder, 'place')
  mkdirSync(place, { recursive: true, mode: 0o755 })
  const write = (name: string, program: Uint8Array) => {
    const path = join(folder, name)
    writeFileSync(path, program)
    chmodSync(path, 0o555)
    return path
  }
  const dropFor = (loopback: boolean) => {
    const filter = readFileSync(tools.filter({ loopback, watched: false }))
    return write(loopback ? 'drop-loopback' : 'drop-none', dropProgram(arch, filter)!)
  }
  const drops = { none: dropFor(false), loopback: dropFor(true) }
  return { witness: write('witness', witness), dropOf: (loopback) => (loopback ? drops.loopback : drops.none), place }
}
