import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fewOfEach } from './crash-stack.ts'
import type { Project } from './project.ts'
import type { Shelf } from './shelf.ts'
import { must, OUT, run, SRC } from './toolbox.ts'

/** A rebuild of the target with GCC in which the inputs AFL++ saved are run again, to get a log from each. */
const REPLAYS = [
  { label: 'afl-asan', sanitizer: 'address', optimisation: '-O0', env: { ASAN_OPTIONS: 'detect_leaks=0:print_legend=0' } },
  { label: 'afl-ubsan', sanitizer: 'undefined', optimisation: '-O1', env: { UBSAN_OPTIONS: 'print_stacktrace=1' } },
  { label: 'afl-lsan', sanitizer: 'leak', optimisation: '-O1', env: {} },
] as const

const FUZZ_ENV = {
  AFL_USE_ASAN: '1',
  AFL_NO_UI: '1',
  AFL_NO_AFFINITY: '1',
  AFL_SKIP_CPUFREQ: '1',
  AFL_SKIP_CRASHES: '1',
  AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES: '1',
  AFL_CC: 'clang-14',
  AFL_CXX: 'clang++-14',
  AFL_QUIET: '1',
}

/** Fuzzes one C or C++ project with AFL++ for a bounded number of executions and shelves the replayed crashes. */
export function fuzzWithAfl(project: Project, version: string, gccVersion: string, shelf: Shelf): void {
  const home = join(SRC, project.name)
  const cpp = project.language === 'c++'
  const sources = readdirSync(home)
    .filter((name) => /\.(c|cpp)$/.test(name))
    .sort()
    .map((name) => join(home, name))
  const main = join(OUT, 'replay-afl.o')
  must('clang-14', ['-g', '-O1', '-c', join(SRC, 'shared/replay.c'), '-o', main], home)
  const target = join(OUT, `${project.name}-afl`)
  const standard = cpp ? ['-std=c++17'] : []
  const build = [...standard, '-g', '-O1', ...sources, main, '-o', target]
  must(cpp ? 'afl-clang-fast++' : 'afl-clang-fast', build, home, FUZZ_ENV)

  const work = join(OUT, `${project.name}-findings`)
  rmSync(work, { recursive: true, force: true })
  const args = ['-s', '7', '-E', '40000', '-V', '12', '-m', 'none', '-i', join(home, 'seeds'), '-o', work, '--', target, '@@']
  run('afl-fuzz', args, home, FUZZ_ENV, 60)

  // Inputs move to names without a colon, which some file systems cannot hold; the seeds themselves are replayed too, for leaks.
  const inputs = join(OUT, `${project.name}-inputs`)
  rmSync(inputs, { recursive: true, force: true })
  mkdirSync(inputs)
  for (const folder of [join(work, 'default/crashes'), join(work, 'default/queue')]) {
    for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
      if (!name.startsWith('id:')) continue
      const digest = createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')
        .slice(0, 12)
      copyFileSync(join(folder, name), join(inputs, digest))
    }
  }
  for (const replay of REPLAYS) {
    const binary = join(OUT, `${project.name}-${replay.label}`)
    const compiler = cpp ? 'g++' : 'gcc'
    const object = join(OUT, 'replay-gcc.o')
    must('gcc', ['-g', '-O1', '-c', join(SRC, 'shared/replay.c'), '-o', object], home)
    const flags = [
      ...standard,
      '-g',
      replay.optimisation,
      '-fno-omit-frame-pointer',
      `-fsanitize=${replay.sanitizer}`,
      '-fno-sanitize-recover=all',
      '-w',
    ]
    must(compiler, [...flags, ...sources, object, '-o', binary], home)
    const crashes = readdirSync(inputs)
      .sort()
      .slice(0, 120)
      .flatMap((name) => {
        const ran = run(binary, [join(inputs, name)], home, replay.env, 10)
        if (ran.code === 0 || !/SUMMARY: |runtime error: /.test(ran.stderr) || ran.stderr.length > 60_000) return []
        return [
          {
            log: ran.stderr,
            command: `afl-fuzz ${args.join(' ')}; ${compiler} ${flags.join(' ')} … && ${binary} ${join(inputs, name)}`,
          },
        ]
      })
    for (const { log, command } of fewOfEach(crashes, project.name, 2)) {
      const tool = `AFL++ ${version}, replayed with ${replay.sanitizer} sanitizer of GCC`
      shelf.put(
        { finder: 'crs-kittiwake', project, label: replay.label, tool, toolVersion: gccVersion, format: 'crash-log', command },
        log,
      )
    }
  }
}
