import type { Frame } from '../finding.ts'
import { RUNTIME_EXACT, RUNTIME_MODULES, RUNTIME_PATHS, RUNTIME_PREFIXES } from './runtime-names.ts'
import { normaliseSymbol, plainSymbol } from './symbol.ts'

// Prefixes by their first two characters, so that a frame is compared with a few of them and not with all.
const BY_START = new Map<string, string[]>()
for (const prefix of RUNTIME_PREFIXES) {
  const start = prefix.slice(0, 2)
  BY_START.set(start, [...(BY_START.get(start) ?? []), prefix])
}

/**
 * Whether a frame belongs to an allocator, libc, a sanitizer, a fuzzing engine, the abort and panic machinery or a language's
 * own runtime: true as well for a frame of which neither symbol nor path is known. By our own lists (`runtime-names.ts`).
 */
export function isRuntimeFrame(frame: Frame): boolean {
  const printed = frame.symbol === null ? '' : plainSymbol(frame.symbol)
  if (isPlaceholder(printed)) return frame.path === null || isRuntimePath(frame.path)
  const symbol = normaliseSymbol(printed)
  if (symbol === '' || RUNTIME_EXACT.has(symbol) || RUNTIME_EXACT.has(printed)) return true
  if (
    /^(?:__interceptor_|__GI_|_+)?(?:mem|str|wcs|wmem)[a-z]{2,8}(?:_chk|_(?:avx|sse|erms|evex|neon)\w{0,40}|-\w{1,40})$/.test(
      symbol,
    )
  )
    return true
  if (startsAsRuntime(symbol) || startsAsRuntime(printed)) return true
  if (frame.path !== null) return isRuntimePath(frame.path)
  return frame.module !== null && symbol.startsWith('0x') && isRuntimeModule(frame.module)
}

/** Whether a frame stands in a library that only runtimes are in. `module` is a path or name. */
export function isRuntimeModule(module: string): boolean {
  const name = module.slice(Math.max(module.lastIndexOf('/'), module.lastIndexOf('\\')) + 1).toLowerCase()
  return RUNTIME_MODULES.some((known) => name.startsWith(known))
}

function isPlaceholder(symbol: string): boolean {
  return symbol === '' || symbol === '??' || symbol === '<null>' || symbol === '<unknown>' || /^0x[0-9a-f]{1,16}$/i.test(symbol)
}

function startsAsRuntime(symbol: string): boolean {
  return (BY_START.get(symbol.slice(0, 2)) ?? []).some((prefix) => symbol.startsWith(prefix))
}

function isRuntimePath(path: string): boolean {
  const clipped = path.slice(0, 1_024).replaceAll('\\', '/')
  return RUNTIME_PATHS.some((piece) => clipped.includes(piece))
}
