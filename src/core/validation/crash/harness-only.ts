import type { Frame } from '../../findings/finding.ts'
import { isHarnessFrame } from '../../findings/frames/harness-frames.ts'
import { isRuntimeFrame } from '../../findings/frames/runtime-frames.ts'
import { normaliseSymbol } from '../../findings/frames/symbol.ts'
import type { Harness } from '../recipe.ts'
import type { Sighting } from '../verdict.ts'

const ENGINE = /^(?:fuzzer::|LLVMFuzzer|__libfuzzer)/
const MAIN = /^(?:main|wmain|WinMain|main\.main)$/

/**
 * Whether a crash lies in what brings the input and not in the target: its innermost frame outside of the runtime is the fuzz
 * target's entry or set-up, or there is nothing but the engine; for a script, none of its frames lies outside of the script. The
 * `main` of a command belongs to the target. False where no frame is known.
 */
export function isHarnessOnly(seen: Sighting, harness: Harness): boolean {
  if (seen.crash === null || seen.stack.length === 0) return false
  if (harness.kind === 'script') return isScriptOnly(seen)
  let engine = false
  for (const frame of seen.stack.slice(0, 256)) {
    // The engine's hooks in memcmp and its like are called by the target: what stands further out tells.
    const isEngine = frame.symbol !== null && ENGINE.test(frame.symbol.slice(0, 100))
    engine ||= isEngine
    if (isHarnessFrame(frame)) return harness.kind === 'libfuzzer' || !MAIN.test(normaliseSymbol(frame.symbol ?? ''))
    if (!isEngine && !isRuntimeFrame(frame)) return false
  }
  return engine
}

function isScriptOnly(seen: Sighting): boolean {
  const placed = seen.stack.slice(0, 256).filter((frame) => frame.path !== null && !isOfRuntime(frame))
  return placed.length > 0 && placed.every((frame) => /^(?:file:\/\/)?\/in\/input(?:\.|$)/.test(frame.path!))
}

function isOfRuntime(frame: Frame): boolean {
  return /^(?:node:|<frozen |\/usr\/lib\/|\/weir\/)/.test(frame.path ?? '') || (isRuntimeFrame(frame) && frame.path === null)
}
