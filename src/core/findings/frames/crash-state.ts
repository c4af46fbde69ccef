import type { Crash, Frame } from '../finding.ts'
import { crashType } from './crash-type.ts'
import { isRuntimeFrame } from './runtime-frames.ts'
import { demangle, plainSymbol } from './symbol.ts'

/** What a crash state is made from; `message` is the text of a failed check or assertion, where there is one. */
export interface StateInput {
  readonly crash: Crash
  readonly stack: readonly Frame[]
  readonly message?: string | null
}

export interface CrashState {
  readonly type: string
  /** At most three lines: the message of a failed check first, then frames, innermost first. */
  readonly state: readonly string[]
}

const LINES = 3
const LINE_LENGTH = 80
const HARNESS = /^(?:main\.LLVMFuzzerTestOneInput|LLVMFuzzerTestOneInput|fuzzerTestOneInput|main|TestOneInput|Wrapper)$/
const NO_FRAMES = new Set(['timeout', 'out-of-memory'])

/** Kind and first three frames of a crash, in the spirit of ClusterFuzz's crash state. Never throws. */
export function crashState(reading: StateInput): CrashState {
  const state: string[] = []
  const message = /^uncaught exception/.test(reading.crash.kind) ? '' : (reading.message ?? '')
  if (message !== '') state.push(stateMessage(message))
  for (const frame of reading.stack.slice(0, 256)) {
    if (state.length >= LINES) break
    const line = stateLine(frame)
    if (line === null) continue
    state.push(line)
    if (isEntry(frame)) break
  }
  return { type: crashType(reading.crash), state: NO_FRAMES.has(reading.crash.kind) && state.length === 0 ? [] : state }
}

function isEntry(frame: Frame): boolean {
  return frame.symbol !== null && HARNESS.test(cut(plainSymbol(frame.symbol)))
}

function stateLine(frame: Frame): string | null {
  if (isEntry(frame)) {
    const file = frame.path === null ? '' : baseName(frame.path)
    return file === '' ||
      file.endsWith('.go') ||
      cut(plainSymbol(frame.symbol!)) === 'main' ||
      isRuntimeFrame({ ...frame, symbol: null })
      ? null
      : file
  }
  if (isRuntimeFrame(frame)) return null
  const symbol = frame.symbol === null ? '' : stateSymbol(frame.symbol)
  if (
    symbol === '' ||
    symbol === 'operator' ||
    symbol.startsWith('<') ||
    symbol.startsWith('closure #') ||
    symbol === '??' ||
    symbol === '<unknown>' ||
    symbol === '<null>'
  )
    return null
  return symbol
}

/** A symbol as it stands in a crash state: demangled, without arguments, still with templates; at most 80 characters. */
export function stateSymbol(symbol: string): string {
  let name = plainSymbol(symbol)
  if (/^_{1,2}[ZR]/.test(name)) name = demangle(name)
  name = name
    .replaceAll('(anonymous namespace)::', '')
    .replaceAll("`anonymous namespace'::", '')
    .replaceAll('(anonymous class)::', '')
  name = name.slice(name.lastIndexOf('!') + 1)
  return cut(goName(name)).slice(0, LINE_LENGTH)
}

/** Go: the package path is cut to its last part, the receiver stays. */
function goName(name: string): string {
  const receiver = name.indexOf('.(*')
  const before = receiver < 0 ? name : name.slice(0, receiver)
  if (!/^[\w.-]+(?:\/[\w.-]+)+/.test(before.slice(0, 300))) return name
  return name.slice(before.lastIndexOf('/') + 1)
}

function cut(name: string): string {
  const receiver = /^[\w.-]+\.\(\*\w+\)\.[\w.]+/.exec(name.slice(0, 300))
  if (receiver) return receiver[0]
  const end = name.search(/[([]/)
  return (end < 0 ? name : name.slice(0, end)).trim()
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

function stateMessage(message: string): string {
  return message
    .slice(0, 1_000)
    .replace(/\b0x[0-9a-f]{4,16}\b/gi, 'ADDRESS')
    .replace(/(^|[^\w.[-])\d{2,}(?=$|[^\w.\]])/g, '$1NUMBER')
    .slice(0, LINE_LENGTH)
}
