import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { banditLines } from './bandit-lines.ts'
import type { FinderId } from './finders.ts'
import type { Project } from './project.ts'
import type { Shelf, Source } from './shelf.ts'
import { must, OUT, run, SRC } from './toolbox.ts'

const hasResults = (sarif: string) =>
  ((JSON.parse(sarif) as { runs: { results?: unknown[] }[] }).runs[0]?.results?.length ?? 0) > 0

/** clang's static analyser over one C or C++ source file, by two finders with two versions and sets of checkers. */
export function analyseWithClang(project: Project, versions: Record<string, string>, shelf: Shelf): void {
  const cpp = project.language === 'c++'
  const source = `${project.name}.${cpp ? 'cpp' : 'c'}`
  const checks: readonly { finder: FinderId; major: '14' | '19'; checkers: string }[] = [
    { finder: 'tern-security', major: '19', checkers: 'core,cplusplus,unix,security,alpha.security,alpha.unix,optin.taint' },
    { finder: 'crs-kittiwake', major: '14', checkers: 'core,cplusplus,unix,security,alpha.security' },
  ]
  for (const { finder, major, checkers } of checks) {
    const tool = `${cpp ? 'clang++' : 'clang'}-${major}`
    const out = join(OUT, `${project.name}-${major}.sarif`)
    rmSync(out, { force: true })
    const args = [
      ...(cpp ? ['-std=c++17'] : []),
      '--analyze',
      '--analyzer-output',
      'sarif',
      '-Xclang',
      `-analyzer-checker=${checkers}`,
      join(SRC, project.name, source),
      '-o',
      out,
    ]
    must(tool, args, join(SRC, project.name))
    const text = readFileSync(out, 'utf8')
    if (!hasResults(text)) continue
    shelf.put(
      named(
        finder,
        project,
        'clang-analyzer',
        'clang static analyzer',
        versions[`clang-${major}`]!,
        `${tool} ${args.join(' ')}`,
      ),
      text,
    )
  }
}

/** flawfinder's SARIF over a C or C++ project; it matches names of risky functions, so much of it is noise. */
export function analyseWithFlawfinder(project: Project, versions: Record<string, string>, shelf: Shelf): void {
  for (const [finder, level] of [
    ['tern-security', '3'],
    ['crs-kittiwake', '4'],
  ] as const) {
    const args = ['--sarif', `--minlevel=${level}`, '.']
    const ran = run('flawfinder', args, join(SRC, project.name))
    if (!hasResults(ran.stdout)) continue
    shelf.put(
      named(finder, project, 'flawfinder', 'flawfinder', versions['flawfinder']!, `flawfinder ${args.join(' ')}`),
      ran.stdout,
    )
  }
}

/** ESLint through Microsoft's SARIF formatter, with each finder's own rules. */
export function analyseWithEslint(project: Project, eslint: EslintSetup, shelf: Shelf): void {
  for (const finder of ['halyard-labs', 'tern-security'] as const) {
    const config = join(eslint.configs, `${finder}.config.js`)
    const args = ['--no-config-lookup', '--config', config, '--format', eslint.formatter, '--no-inline-config', '.']
    const ran = run(process.execPath, [eslint.program, ...args], join(SRC, project.name), {
      SARIF_ESLINT_IGNORE_SUPPRESSED: 'true',
    })
    if (!hasResults(ran.stdout)) continue
    const command = `eslint --no-config-lookup --config ${finder}.config.js --format @microsoft/eslint-formatter-sarif --no-inline-config .`
    shelf.put(named(finder, project, 'eslint', 'ESLint', eslint.version, command), ran.stdout)
  }
}

export interface EslintSetup {
  readonly program: string
  readonly configs: string
  readonly formatter: string
  readonly version: string
}

/** Bandit's JSON over a Python project, carried into Weir's NDJSON because this Bandit writes no SARIF. */
export function analyseWithBandit(project: Project, versions: Record<string, string>, shelf: Shelf): void {
  for (const [finder, args] of [
    ['halyard-labs', ['-l']],
    ['tern-security', ['-ll', '-i']],
  ] as const) {
    const all = ['-r', '.', '-f', 'json', '-q', ...args]
    const ran = run('bandit', all, join(SRC, project.name))
    const lines = banditLines(ran.stdout, project, versions['bandit']!)
    if (lines === '') continue
    const source = named(
      finder,
      project,
      'bandit',
      'Bandit',
      versions['bandit']!,
      `bandit ${all.join(' ')}  # then sample/bandit-lines.ts`,
    )
    shelf.put({ ...source, format: 'weir-ndjson' }, lines)
  }
}

function named(finder: FinderId, project: Project, label: string, tool: string, toolVersion: string, command: string): Source {
  return { finder, project, label, tool, toolVersion, format: 'sarif', command }
}
