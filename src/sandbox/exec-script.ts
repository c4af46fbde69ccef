import { constants } from 'node:os'
import type { ExecSpec } from '../core/sandbox/contract.ts'
import { quote } from './tiers/spawn.ts'

const GIVEN: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/work',
  LANG: 'C.UTF-8',
}

/** The agent's script for one exec: a call of its `run` with the words quoted. */
export function execScript(number: string, spec: ExecSpec): string {
  const env = { ...GIVEN, ...spec.env }
  const words = [
    number,
    spec.cwd,
    env.PATH!,
    spec.argv[0]!,
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    '',
    ...spec.argv,
  ]
  return `run ${words.map(quote).join(' ')}\n`
}

/** What a record says: the agent's word, or how the program ended. */
export type Told =
  | { readonly what: 'ended'; readonly exit: number | null; readonly signal: string | null; readonly cpuSeconds: number }
  | { readonly what: 'no-folder' }
  | { readonly what: 'no-program' }
  | { readonly what: 'lost' }

// Some numbers have two names, the second one historical: SIGIOT is SIGABRT.
const SIGNALS = new Map(
  Object.entries(constants.signals)
    .reverse()
    .map(([name, number]) => [number as number, name]),
)
const NO_PROGRAM = 127

/** Reads a record. It comes from inside, so anything that is not as it should be is `lost`. */
export function readRecord(record: Uint8Array): Told {
  const view = Buffer.from(record.buffer, record.byteOffset, record.byteLength)
  const word = view.toString('latin1', 0, 5)
  if (word === 'nodir') return { what: 'no-folder' }
  if (word.startsWith('none')) return { what: 'no-program' }
  if (!word.startsWith('exit')) return { what: 'lost' }
  const status = view.readUInt32LE(4)
  const seconds = (at: number) => Number(view.readBigInt64LE(at)) + Number(view.readBigInt64LE(at + 8)) / 1e6
  const cpuSeconds = seconds(8) + seconds(24)
  const signal = status & 0x7f
  if (signal === 0) return { what: 'ended', exit: (status >> 8) & 0xff, signal: null, cpuSeconds }
  return { what: 'ended', exit: null, signal: SIGNALS.get(signal) ?? `SIG${signal}`, cpuSeconds }
}

/** What a shell would answer for a program that is not there. */
export const ABSENT_PROGRAM = { how: 'ended', exit: NO_PROGRAM, signal: null } as const
