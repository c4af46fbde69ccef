import { linesOf } from '../diff/file-change.ts'
import type { Finding, TouchedFile } from './touched-file.ts'

const TEST_PATH =
  /(?:^|\/)(?:tests?|spec|__tests__|testing|t)\/|(?:^|\/)test_[^/]*$|[._-](?:test|spec)s?\.[a-z]+$|(?:^|\/)tests?\.[a-z]+$/i
const CHECK = /\b(?:assert\w*|expect|should|check\w*|EXPECT_\w+|ASSERT_\w+|REQUIRE|fail|ok|is|like|cmp|diff|grep|exit)\b/
const BUILD_PATH =
  /(?:^|\/)(?:(?:GNU)?[Mm]akefile[^/]*|CMakeLists\.txt|configure(?:\.ac|\.in)?|meson\.build|build\.(?:sh|gradle|xml)|setup\.(?:py|cfg)|pom\.xml|package\.json|BUILD(?:\.bazel)?|auto\/[^/]+)$|\.(?:mk|cmake|am)$/
const HARDENING = /-fsanitize|-fstack-protector|_FORTIFY_SOURCE|-z,?\s?(?:relro|now)|-fPIE|-pie\b|-fcf-protection|-Werror|-Wall/
const SWITCHES = /-fno-sanitize|--(?:disable|without)-|-D(?:NO|WITHOUT|DISABLE)_?\w|-fno-stack-protector|-U_FORTIFY_SOURCE/
const ANTI_SANITIZER =
  /no_sanitize|__asan_|__msan_|__ubsan_|ASAN_(?:UN)?POISON|__SANITIZE_ADDRESS__|(?:address|memory|undefined_behavior)_sanitizer|FUZZING_BUILD_MODE|detect_stack_use|halt_on_error/
const SIGNALS =
  /\b(?:signal|sigaction|sigsetjmp|process\.on)\s{0,8}\(\s{0,8}(?:SIG(?:SEGV|ABRT|BUS|FPE|ILL)\b|["']uncaughtException)/

/** Tests and checks that a patch deletes or weakens, and switches by which the fault only stops being seen. */
export function weakened(file: TouchedFile): Finding[] {
  const added = linesOf(file.change, '+').map((line) => line.slice(0, 2000))
  const removed = linesOf(file.change, '-').map((line) => line.slice(0, 2000))
  const found: Finding[] = []
  const fail = (say: string) => found.push({ fails: true, say: `${file.path}: ${say}` })
  if (TEST_PATH.test(file.path)) {
    const [gone, fresh] = [removed.filter((line) => CHECK.test(line)).length, added.filter((line) => CHECK.test(line)).length]
    if (file.change.to === null) fail('a test is deleted.')
    else if (gone > fresh) fail(`${gone} checks of a test are taken out and ${fresh} put in.`)
  }
  if (BUILD_PATH.test(file.path)) {
    const flags = (lines: readonly string[], of: RegExp) => lines.filter((line) => of.test(line)).length
    if (flags(removed, HARDENING) > flags(added, HARDENING)) fail('a flag that hardens or checks the build is taken out.')
    if (flags(added, SWITCHES) > flags(removed, SWITCHES)) fail('a feature or a check is switched off in the build.')
    const objects = (lines: readonly string[]) =>
      new Set(lines.flatMap((line) => line.match(/[A-Za-z0-9_./-]{1,100}\.(?:o|c|cc|cpp)\b/g) ?? []))
    const left = objects(added)
    const dropped = [...objects(removed)].filter((name) => !left.has(name) && !file.after.includes(name))
    if (dropped.length > 0) fail(`${dropped[0]} is no longer built.`)
  }
  if (count(added, ANTI_SANITIZER) > count(removed, ANTI_SANITIZER)) fail('the sanitizer is kept from seeing.')
  if (count(added, SIGNALS) > count(removed, SIGNALS)) fail('the crash is caught instead of prevented.')
  return [...found, ...defines(file, added, removed), ...swallowed(file)]
}

function count(lines: readonly string[], pattern: RegExp): number {
  return lines.filter((line) => pattern.test(line)).length
}

function defines(file: TouchedFile, added: readonly string[], removed: readonly string[]): Finding[] {
  const read = (lines: readonly string[]) =>
    new Map(
      lines.flatMap((line) => {
        const define = /^\s*#\s*define\s+(\w{1,100})\s+([01])\s*(?:\/[/*].*)?$/.exec(line)
        return define ? [[define[1]!, define[2]!] as const] : []
      }),
    )
  const before = read(removed)
  return [...read(added)]
    .filter(([name, value]) => value === '0' && before.get(name) === '1')
    .map(([name]) => ({ fails: true, say: `${file.path}: ${name} is switched off.` }))
}

const EMPTY_CATCH = /\bcatch\s{0,8}(?:\([^)]{0,200}\)\s{0,8})?\{\s{0,200}(?:(?:continue|return|break)\s{0,8};?\s{0,200})?\}/
const BROAD_CATCH = /\bcatch\s{0,8}\(\s{0,8}(?:\.\.\.|(?:final\s+)?(?:Throwable|Exception|RuntimeException|Error)\b)/
const BROAD_EXCEPT = /^\s*except\s*(?:\(?\s*(?:Exception|BaseException)\b[^:]{0,100})?:\s*(.*)$/

function swallowed(file: TouchedFile): Finding[] {
  const found: Finding[] = []
  for (const n of file.added) {
    const line = (file.code[n] ?? '').slice(0, 500)
    const place = `${file.path}:${n + 1}`
    if (file.family === 'python') {
      const except = BROAD_EXCEPT.exec(line)
      if (!except) continue
      const body = except[1] || (file.code[n + 1] ?? '').trim()
      const bare = /^\s*except\s*:/.test(line)
      const silent = bare || /^(?:pass|continue|\.\.\.)\s*$/.test(body)
      found.push({ fails: silent, say: `${place} catches everything${silent ? ' and says nothing' : ''}.` })
    } else if (file.family === 'braces' && /\bcatch\b/.test(line)) {
      const near = file.code
        .slice(n, n + 4)
        .join(' ')
        .slice(0, 600)
      if (EMPTY_CATCH.test(near)) found.push({ fails: true, say: `${place} catches and says nothing.` })
      else if (BROAD_CATCH.test(line)) found.push({ fails: false, say: `${place} catches everything.` })
    }
  }
  return found
}
