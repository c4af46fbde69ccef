import { DROP_CODE } from './drop-code.ts'
import { elfProgram } from './elf.ts'

const RECORD = 8

/**
 * The program that gives up user 0, takes `filter` (struct sock_filter records) and becomes another program, for one processor; null
 * where there is none. Throws on a filter that is no list of records: it is ours, not input.
 */
export function dropProgram(arch: string, filter: Uint8Array): Uint8Array | null {
  if (arch !== 'x64' && arch !== 'arm64') return null
  const records = filter.length / RECORD
  if (!Number.isInteger(records) || records < 1 || records > 4096) throw new Error(`a filter of ${filter.length} bytes`)
  const { machine, before, length, after } = DROP_CODE[arch]
  const hex = (lines: readonly string[]) => Buffer.from(lines.join('').replaceAll(' ', ''), 'hex')
  return elfProgram(machine, Buffer.concat([hex(before), length(records), hex(after), filter]))
}
