import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { detectFormat } from '../src/formats/detect.ts'
import { LIMITS } from '../src/formats/format.ts'
import { formatNamed } from '../src/formats/reader.ts'
import { FINDERS } from './finders.ts'
import { lineOf, linesOf, loadProjects } from './project.ts'
import type { ManifestEntry } from './shelf.ts'
import { type Label, type Lines, labelsOf } from './truth.ts'

const here = dirname(fileURLToPath(import.meta.url))
const read = (file: string) => readFileSync(join(here, file), 'utf8')
const manifest = JSON.parse(read('manifest.json')) as ManifestEntry[]
const truth = JSON.parse(read('truth.json')) as Label[]
const projects = loadProjects(here)

test('every report is listed once and every listed file is there', () => {
  const onDisk = readdirSync(join(here, 'reports'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(here.length + 1)
        .replaceAll('\\', '/'),
    )
  assert.deepEqual(manifest.map((entry) => entry.file).toSorted(), onDisk.toSorted())
})

test('the sample is small enough to live in a clone, and large enough to show something', () => {
  const sizes = manifest.map((entry) => statSync(join(here, entry.file)).size)
  assert.ok(sizes.every((size) => size > 0 && size < 200_000))
  assert.ok(sizes.reduce((a, b) => a + b, 0) < 3_000_000)
  assert.ok(truth.length >= 300)
})

test('an entry says who, what, with which tool and by which command', () => {
  const purls = new Map(projects.map((project) => [project.purl, project.version]))
  for (const { finder, target, provenance, command, file } of manifest) {
    assert.ok(
      Object.values(FINDERS).some((one) => one.name === finder.name && one.kind === finder.kind),
      file,
    )
    assert.equal(purls.get(target.purl), target.version, file)
    assert.ok(provenance.tool !== '' && /^\d/.test(provenance.toolVersion) && command !== '', file)
  }
})

test('nothing in the sample names the machine it was made on', () => {
  const machine = /\/(?:work|root|home|tmp|Users|mnt)\/|[A-Za-z0-9._%-]+@[A-Za-z0-9-]+\.[a-z]{2,}|hostname/
  for (const file of [
    'manifest.json',
    'truth.json',
    'versions.json',
    'projects.json',
    ...manifest.map((entry) => entry.file),
  ]) {
    assert.equal(machine.exec(read(file))?.[0], undefined, file)
  }
})

test('what should be JSON is JSON, and a crash log holds a crash', () => {
  for (const { file, format } of manifest) {
    const text = read(file)
    if (format === 'sarif') assert.equal((JSON.parse(text) as { version: string }).version, '2.1.0', file)
    else if (format === 'weir-ndjson') for (const line of text.trimEnd().split('\n')) assert.ok(JSON.parse(line))
    else assert.match(text, /Sanitizer|runtime error: |DATA RACE|Traceback|panic: |Exception in thread/, file)
  }
})

test('each planted flaw stands at the line that is stated', () => {
  for (const project of projects) {
    for (const flaw of project.flaws) {
      const source = read(`programs/${project.directory}/${flaw.file}`)
      assert.equal(lineOf(source, flaw.code), flaw.line, flaw.id)
    }
  }
})

test('the labels follow from the reports, and each planted flaw is hit where that is claimed', () => {
  const lines: Lines = new Map(
    projects.flatMap((project) =>
      project.flaws.map((flaw) => {
        const source = read(`programs/${project.directory}/${flaw.file}`)
        return [flaw, linesOf(flaw, source)] as const
      }),
    ),
  )
  const labels = manifest.flatMap((entry) =>
    labelsOf(entry, read(entry.file), projects.find((project) => project.purl === entry.target.purl)!, lines),
  )
  assert.deepEqual(labels, truth)
  const found = new Set(labels.map((label) => label.flaw))
  for (const flaw of projects.flatMap((project) => project.flaws)) assert.equal(found.has(flaw.id), flaw.found, flaw.id)
})

test('Weir reads every file of the sample: its format told from its content, nothing refused, a stack in each crash', () => {
  for (const entry of manifest) {
    const bytes = new Uint8Array(readFileSync(join(here, entry.file)))
    assert.equal(detectFormat(bytes.subarray(0, 65_536), entry.file), entry.format, entry.file)
    const format = formatNamed(entry.format)
    const survey = format.survey?.(LIMITS)
    survey?.push(bytes)
    const reader = format.reader(LIMITS, survey?.end())
    const items = [...reader.push(bytes), ...reader.end()]
    assert.equal(items.length, truth.filter((label) => label.file === entry.file).length, entry.file)
    for (const item of items) {
      assert.ok(item.ok, `${entry.file} ${item.at}`)
      if (entry.format === 'crash-log') assert.ok(item.finding.stack.length > 0, entry.file)
    }
  }
})
