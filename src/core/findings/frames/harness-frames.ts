import type { Frame } from '../finding.ts'
import { normaliseSymbol } from './symbol.ts'

const ENTRY = new Set([
  'LLVMFuzzerTestOneInput',
  'LLVMFuzzerInitialize',
  'LLVMFuzzerCustomMutator',
  'main',
  'wmain',
  'WinMain',
  'fuzzerTestOneInput',
  'fuzzerInitialize',
  'TestOneInput',
  'rust_fuzzer_test_input',
  'fuzz_target',
  'module.exports.fuzz',
  'FuzzOne',
  'main.main',
  'main.LLVMFuzzerTestOneInput',
])
const FOLDER = /(?:^|[\\/_-])(?:fuzz|fuzzers?|fuzzing|fuzz_?targets?|harness(?:es)?|pov_harness)(?:[\\/_.-]|$)/i

/** Whether a frame is the fuzz target's own entry or set-up: the place where an input comes in, never where a flaw is. */
export function isHarnessFrame(frame: Frame): boolean {
  if (frame.symbol === null) return false
  const symbol = normaliseSymbol(frame.symbol)
  const last = symbol.slice(Math.max(symbol.lastIndexOf('.'), symbol.lastIndexOf(':')) + 1)
  if (ENTRY.has(symbol) || ENTRY.has(last)) return true
  return /^Init/i.test(last) && frame.path !== null && FOLDER.test(frame.path.slice(0, 1_024))
}
