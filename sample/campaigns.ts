import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { crashLines } from './crash-lines.ts'
import { fewOfEach } from './crash-stack.ts'
import type { FinderId } from './finders.ts'
import type { Project } from './project.ts'
import type { Shelf } from './shelf.ts'
import { must, OUT, run, SRC } from './toolbox.ts'

export interface Campaign {
  readonly finder: FinderId
  readonly label: string
  readonly tool: string
  /** `-fsanitize=` value beside `fuzzer`. */
  readonly sanitizer: string
  readonly flags: readonly string[]
  readonly optimisation: '-O0' | '-O1' | '-O2'
  /** Random seeds; each is tried from each seed file alone. */
  readonly seeds: readonly number[]
  readonly leaks: boolean
  readonly skip?: readonly string[]
  /** Sends its crashes as one NDJSON file with reproducers instead of one log each. */
  readonly bundled?: boolean
}

/** libFuzzer campaigns: which finder fuzzes with what. Two ASan ones, so that one flaw is met at two optimisation levels. */
export const CAMPAIGNS: readonly Campaign[] = [
  {
    finder: 'halyard-labs',
    label: 'libfuzzer-asan',
    tool: 'libFuzzer + AddressSanitizer',
    sanitizer: 'address',
    flags: [],
    optimisation: '-O1',
    seeds: [1, 2],
    leaks: false,
    bundled: true,
  },
  {
    finder: 'halyard-labs',
    label: 'libfuzzer-msan',
    tool: 'libFuzzer + MemorySanitizer',
    sanitizer: 'memory',
    flags: ['-fsanitize-memory-track-origins'],
    optimisation: '-O1',
    seeds: [4],
    leaks: false,
    bundled: true,
    skip: ['mustang'],
  },
  {
    finder: 'tern-security',
    label: 'libfuzzer-ubsan',
    tool: 'libFuzzer + UndefinedBehaviorSanitizer',
    sanitizer: 'undefined',
    flags: ['-fno-sanitize-recover=undefined'],
    optimisation: '-O0',
    seeds: [11, 12],
    leaks: false,
  },
  {
    finder: 'tern-security',
    label: 'libfuzzer-asan',
    tool: 'libFuzzer + AddressSanitizer',
    sanitizer: 'address',
    flags: [],
    optimisation: '-O2',
    seeds: [21],
    leaks: false,
  },
  {
    finder: 'tern-security',
    label: 'libfuzzer-lsan',
    tool: 'libFuzzer + LeakSanitizer',
    sanitizer: 'address',
    flags: [],
    optimisation: '-O0',
    seeds: [31],
    leaks: true,
  },
]

const OPTIONS = 'print_legend=0'
const MAX_TRACE = 60_000

/** Fuzzes one C or C++ project from each of its seed files and shelves a few logs of each crash. */
export function fuzz(campaign: Campaign, project: Project, version: string, shelf: Shelf): void {
  if (campaign.skip?.includes(project.name)) return
  const cpp = project.language === 'c++'
  const binary = join(OUT, `${project.name}-${campaign.label}${campaign.optimisation}`)
  const sources = readdirSync(join(SRC, project.name))
    .filter((name) => /\.(c|cpp)$/.test(name))
    .sort()
  const build = [
    ...(cpp ? ['-std=c++17'] : []),
    '-g',
    campaign.optimisation,
    '-fno-omit-frame-pointer',
    `-fsanitize=fuzzer,${campaign.sanitizer}`,
    ...campaign.flags,
  ]
  const compiler = cpp ? 'clang++-19' : 'clang-19'
  must(compiler, [...build, ...sources.map((name) => join(SRC, project.name, name)), '-o', binary], join(SRC, project.name))

  const crashes: { log: string; command: string }[] = []
  for (const seedFile of readdirSync(join(SRC, project.name, 'seeds')).sort()) {
    for (const seed of campaign.seeds) {
      const corpus = join(OUT, 'corpus')
      rmSync(corpus, { recursive: true, force: true })
      mkdirSync(corpus)
      cpSync(join(SRC, project.name, 'seeds', seedFile), join(corpus, seedFile))
      const args = [
        `-seed=${seed}`,
        '-runs=30000',
        '-max_len=320',
        '-max_total_time=3',
        '-reduce_inputs=0',
        '-print_funcs=0',
        '-rss_limit_mb=1024',
        `-detect_leaks=${campaign.leaks ? 1 : 0}`,
        '-artifact_prefix=/src/out/',
        corpus,
      ]
      const symbolizer = '/usr/bin/llvm-symbolizer-19'
      const env = {
        ASAN_OPTIONS: OPTIONS,
        UBSAN_OPTIONS: 'print_stacktrace=1',
        ASAN_SYMBOLIZER_PATH: symbolizer,
        MSAN_SYMBOLIZER_PATH: symbolizer,
        UBSAN_SYMBOLIZER_PATH: symbolizer,
      }
      const ran = run(binary, args, join(SRC, project.name), env, 30)
      if (ran.code === 0 || !/SUMMARY: (?:\w+Sanitizer|libFuzzer)/.test(ran.stderr) || ran.stderr.length > MAX_TRACE) continue
      crashes.push({
        log: ran.stderr,
        command: `${compiler} ${build.join(' ')} ${sources.join(' ')} && ${binary} ${args.join(' ')}  # corpus: seeds/${seedFile}`,
      })
    }
  }
  const kept = fewOfEach(crashes, project.name, 2)
  const { finder, label, tool } = campaign
  const source = { finder, project, label, tool, toolVersion: version }
  if (campaign.bundled && kept.length > 0) {
    const lines = crashLines(
      kept.map(({ log }) => log),
      project,
      tool,
      version,
    )
    const command = `${kept.map((crash) => crash.command).join(' ; ')}  # then sample/crash-lines.ts`
    shelf.put({ ...source, format: 'weir-ndjson', command }, lines)
  } else for (const { log, command } of kept) shelf.put({ ...source, format: 'crash-log', command }, log)
}
