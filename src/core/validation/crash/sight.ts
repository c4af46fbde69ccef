import { crashState } from '../../findings/frames/crash-state.ts'
import { toHex } from '../../kernel/digest.ts'
import type { ExecEnd } from '../../sandbox/contract.ts'
import type { ReadCrash, Tools } from '../ask.ts'
import type { Claim, Oracle } from '../proof.ts'
import { textOf } from '../run/inert.ts'
import { normalLog } from '../run/normal-log.ts'
import type { Sighting } from '../verdict.ts'
import { claimedResource, FATAL_SIGNALS, type Resource, resourceOf, signalCrash } from './kinds.ts'
import { asClaimed } from './same-bug.ts'

/** What one run left. */
export interface Observed {
  readonly end: ExecEnd
  readonly stdout: Uint8Array
  readonly stderr: Uint8Array
  /** The file its oracle looks for is there. */
  readonly fileThere: boolean
  /**
   * A server: it may go on after one of its processes died. `asked`: it ended because it was asked to. `logs`: what sanitizers
   * wrote to files of their own; its standard error may repeat what it was sent.
   */
  readonly server: { readonly asked: boolean; readonly logs: Uint8Array } | null
}

/** What a run is looked at for. */
export interface Aim {
  readonly oracle: Oracle
  readonly claim: Claim | null
}

const LOG_BYTES = 1 << 20
const SANITIZERS: ReadonlySet<string> = new Set(['asan', 'ubsan', 'msan', 'lsan', 'tsan', 'libfuzzer', 'jazzer', 'go-race'])
const MOST_CRASHES = 8

/**
 * What one run showed. A report counts only where the program ended by it (its input may well print one), a server's also while it
 * lives on. An end by the wall never fires, unless running out of time or memory is the very flaw that is claimed.
 */
export function sight(seen: Observed, aim: Aim, tools: Tools): Sighting {
  const stderr = textOf(seen.stderr, LOG_BYTES)
  const stdout = textOf(seen.stdout, LOG_BYTES)
  const end = seen.end
  const crashes = believed(seen, stderr, stdout, tools)
  const ranOut = crashes.map((one) => resourceOf(one.crash)).find((one) => one !== null) ?? null
  const stopped = end.how === 'ended' ? ranOut : end.how
  const signal = end.how === 'ended' ? end.signal : null
  const exit = end.how === 'ended' ? end.exit : null
  const logs = seen.server === null ? '' : textOf(seen.server.logs, LOG_BYTES)
  const logDigest = digestOf(stdout, `${stderr}${logs}`, end, tools)
  const rest = { signal, exit, stopped, logDigest }
  const claimed = claimedResource(aim.claim)
  if (stopped !== null)
    return claimed !== null && claimed === asResource(stopped) ? ranOutAsClaimed(claimed, rest) : silent(rest)
  const flaws = crashes.map((one) => ({ one, state: crashState(one) }))
  const isCrash = flaws.length > 0 || (signal !== null && FATAL_SIGNALS.has(signal))
  if (!fires(aim.oracle, isCrash, seen, stdout, stderr)) return silent(rest)
  const label = aim.oracle.kind === 'crash' ? [] : [labelOf(aim.oracle)]
  const all = flaws.map(({ one, state }) => ({
    ...rest,
    fired: true,
    crash: one.crash,
    stack: one.stack,
    ...named(label, state),
  }))
  const wanted = aim.claim === null ? undefined : all.find((one) => asClaimed(aim.claim!, one).agrees)
  const first = wanted ?? all[0]
  if (first === undefined) return bare(signal, label, rest)
  const also = all.filter((one) => one !== first && !sameState(one.state, first.state)).map((one) => one.state)
  return also.length === 0 ? first : { ...first, also }
}

type Rest = Pick<Sighting, 'signal' | 'exit' | 'stopped' | 'logDigest'>

function silent(rest: Rest): Sighting {
  return { ...rest, fired: false, crash: null, stack: [], state: [], type: null }
}

function ranOutAsClaimed(claimed: Resource, rest: Rest): Sighting {
  const kind = claimed === 'wall-time' ? 'timeout' : 'out-of-memory'
  const crash = { tool: 'other' as const, kind, access: null, size: null, address: null, signal: null }
  return { ...rest, fired: true, crash, stack: [], state: [kind], type: crashState({ crash, stack: [] }).type }
}

/** Fired with nothing to be read but its signal, or the sign that its oracle looks for. */
function bare(signal: string | null, label: readonly string[], rest: Rest): Sighting {
  if (signal === null || !FATAL_SIGNALS.has(signal)) {
    return { ...rest, fired: true, crash: null, stack: [], state: label, type: null }
  }
  const crash = signalCrash(signal)
  return { ...rest, fired: true, crash, stack: [], state: [...label, signal], type: crashState({ crash, stack: [] }).type }
}

function named(label: readonly string[], state: { type: string; state: readonly string[] }) {
  return { type: state.type, state: [...label, ...(state.state.length > 0 ? state.state : [state.type.split('\n')[0]!])] }
}

function sameState(a: readonly string[], b: readonly string[]): boolean {
  return a.join('\n') === b.join('\n')
}

function believed(seen: Observed, stderr: string, stdout: string, tools: Tools): readonly ReadCrash[] {
  const end = seen.end
  if (end.how !== 'ended') return []
  const logs = seen.server === null ? '' : textOf(seen.server.logs, LOG_BYTES)
  if (logs !== '') {
    const own = tools.readCrashes(logs).filter((one) => SANITIZERS.has(one.crash.tool))
    if (own.length > 0) return own.slice(0, MOST_CRASHES)
  }
  const badly = end.signal !== null ? FATAL_SIGNALS.has(end.signal) : end.exit !== 0
  if (!badly) return []
  const read = tools.readCrashes(stderr)
  const found = read.length > 0 || seen.server !== null ? read : tools.readCrashes(stdout)
  return found.filter((one) => SANITIZERS.has(one.crash.tool) || seen.server?.asked !== true).slice(0, MOST_CRASHES)
}

function fires(oracle: Oracle, isCrash: boolean, seen: Observed, stdout: string, stderr: string): boolean {
  switch (oracle.kind) {
    case 'crash':
      return isCrash
    case 'exit':
      return seen.end.how === 'ended' && seen.end.exit === oracle.code
    case 'output':
      return oracle.contains !== '' && (stdout.includes(oracle.contains) || stderr.includes(oracle.contains))
    case 'file':
      return seen.fileThere
  }
}

function labelOf(oracle: Oracle): string {
  switch (oracle.kind) {
    case 'crash':
      return ''
    case 'exit':
      return `exit code ${oracle.code}`
    case 'output':
      return 'words in the output'
    case 'file':
      return 'file left behind'
  }
}

function asResource(stopped: NonNullable<Sighting['stopped']>): Resource | null {
  if (stopped === 'wall-time' || stopped === 'cpu-time') return 'wall-time'
  return stopped === 'memory' ? 'memory' : null
}

function digestOf(stdout: string, stderr: string, end: ExecEnd, tools: Tools): string {
  const how = end.how === 'ended' ? `exit ${end.exit} signal ${end.signal}` : end.how
  const text = `${how}\n--- output ---\n${normalLog(stdout)}\n--- error ---\n${normalLog(stderr)}\n`
  return toHex(tools.sha256(new TextEncoder().encode(text)))
}
