// Makes the bundled sample anew: lays our own small programs into /src, runs real tools on them, keeps what they print.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fuzzWithAfl } from './afl.ts'
import { analyseWithBandit, analyseWithClang, analyseWithEslint, analyseWithFlawfinder, type EslintSetup } from './analysers.ts'
import { CAMPAIGNS, fuzz } from './campaigns.ts'
import { linesOf, loadProjects } from './project.ts'
import { fuzzJava, fuzzPython, stressGo, stressThreads } from './runtimes.ts'
import { Shelf } from './shelf.ts'
import { layOut, must, toolVersions } from './toolbox.ts'
import { type Lines, labelsOf } from './truth.ts'

const FORMATTER = '@microsoft/eslint-formatter-sarif'
const here = dirname(fileURLToPath(import.meta.url))

/** npm alone runs with the person's own environment, which knows their registry. */
const ownEnvironment = () =>
  Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))

function setUpEslint(): EslintSetup {
  const modules = join(here, '../node_modules')
  const tools = join(here, '../.cache/sample-tools')
  const formatter = join(tools, 'node_modules', FORMATTER, 'sarif.js')
  if (!existsSync(formatter)) {
    mkdirSync(tools, { recursive: true })
    must(
      'npm',
      ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', tools, `${FORMATTER}@3.1.0`],
      tools,
      ownEnvironment(),
    )
  }
  const { version } = JSON.parse(readFileSync(join(modules, 'eslint/package.json'), 'utf8')) as { version: string }
  return { program: join(modules, 'eslint/bin/eslint.js'), configs: join(here, 'eslint'), formatter, version }
}

const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`
layOut(join(here, 'programs'))
const versions = toolVersions()
const projects = loadProjects(here)
const eslint = setUpEslint()
const shelf = new Shelf(join(here, 'reports'))

for (const project of projects) {
  const began = performance.now()
  if (project.language === 'javascript') analyseWithEslint(project, eslint, shelf)
  if (project.language === 'java') fuzzJava(project, versions['javac']!, shelf)
  if (project.language === 'go') stressGo(project, versions['go']!, shelf)
  if (project.language === 'python') {
    analyseWithBandit(project, versions, shelf)
    fuzzPython(project, versions['python3']!, shelf)
  }
  if (project.language === 'c' || project.language === 'c++') {
    analyseWithClang(project, versions, shelf)
    analyseWithFlawfinder(project, versions, shelf)
    if (existsSync(join(here, 'programs', project.directory, 'seeds'))) {
      for (const campaign of CAMPAIGNS) fuzz(campaign, project, versions['clang-19']!, shelf)
      fuzzWithAfl(project, versions['afl-fuzz']!, versions['gcc']!, shelf)
    } else stressThreads(project, versions['clang-19']!, shelf)
  }
  console.error(`${project.name}: ${shelf.entries.length} reports so far, ${Math.round((performance.now() - began) / 1000)} s`)
}

const lines: Lines = new Map(
  projects.flatMap((project) =>
    project.flaws.map((flaw) => {
      const source = readFileSync(join(here, 'programs', project.directory, flaw.file), 'utf8')
      return [flaw, linesOf(flaw, source)] as const
    }),
  ),
)
shelf.entries.sort((a, b) => (a.file < b.file ? -1 : 1))
const byPurl = new Map(projects.map((project) => [project.purl, project]))
const labels = shelf.entries.flatMap((entry) =>
  labelsOf(entry, shelf.texts.get(entry.file)!, byPurl.get(entry.target.purl)!, lines),
)
writeFileSync(join(here, 'manifest.json'), json(shelf.entries))
writeFileSync(join(here, 'truth.json'), `[\n${labels.map((label) => JSON.stringify(label)).join(',\n')}\n]\n`)
writeFileSync(join(here, 'versions.json'), json({ ...versions, eslint: eslint.version, [FORMATTER]: '3.1.0' }))

const found = new Set(labels.map((label) => label.flaw).filter((flaw) => flaw !== null))
const planted = projects.flatMap((project) => project.flaws)
console.error(`${shelf.entries.length} files, ${labels.length} items; ${found.size} of ${planted.length} planted flaws found`)
for (const flaw of planted.filter((one) => one.found !== found.has(one.id)))
  console.error(`  ${flaw.id}: claimed ${flaw.found}`)
