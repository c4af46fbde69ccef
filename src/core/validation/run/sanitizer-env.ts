import type { Recipe } from '../recipe.ts'
import { SANITIZER_LOGS } from './places.ts'

const COMMON = 'exitcode=77:symbolize=1:abort_on_error=0'

/**
 * The environment a target runs in: sanitizers report once, symbolised, and end with exit code 77. What the recipe adds to an
 * option list comes after ours and so holds. `ownLogs`: reports go to files, for a server whose standard error leads elsewhere.
 */
export function runEnv(recipe: Recipe, ownLogs: boolean): Record<string, string> {
  const logs = ownLogs ? `:log_path=${SANITIZER_LOGS}/log` : ''
  const ours: Record<string, string> = {
    ASAN_OPTIONS: `${COMMON}:detect_leaks=0:handle_abort=1:allocator_may_return_null=1${logs}`,
    UBSAN_OPTIONS: `${COMMON}:print_stacktrace=1:halt_on_error=1${logs}`,
    MSAN_OPTIONS: `${COMMON}:handle_abort=1:allocator_may_return_null=1${logs}`,
    TSAN_OPTIONS: `${COMMON}:halt_on_error=1${logs}`,
    LSAN_OPTIONS: `exitcode=77${logs}`,
    PYTHONHASHSEED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    TZ: 'UTC',
  }
  const env: Record<string, string> = { ...ours, ...recipe.env }
  for (const name of Object.keys(ours)) {
    const asked = recipe.env[name]
    if (name.endsWith('SAN_OPTIONS') && asked !== undefined) env[name] = `${ours[name]}:${asked}`
  }
  return env
}
