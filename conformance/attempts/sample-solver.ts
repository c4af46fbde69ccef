import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseSuite } from '../../src/core/evaluation/suite-file.ts'
import type { Family, Suite } from '../../src/core/evaluation/task-package.ts'
import { type Script, scriptedSolver } from '../../src/devkit/endpoint/plays.ts'
import { SUITE } from './run-set.ts'

// The sample suite as a model that knows it: which task a prompt is of, and how its reference solution goes.

const read = parseSuite(readFileSync(join(SUITE, 'suite.json'), 'utf8'))
assert.ok(read.ok, 'the sample suite is read')
export const suite: Suite = read.suite
/** Every task with its family. */
export const all = suite.families.flatMap((family) => family.tasks.map((task) => ({ family, task })))

/** The task that a prompt is of: what was filled in has changed it, so the longest piece between holes has to be there. */
const pieces = all.map(({ family, task }) => ({ family, task, parts: task.prompt.split(/\{flag_format\}|\{port\}/) }))
export const taskOf = (prompt: string) => {
  const found = pieces.filter(({ parts }) => parts.every((part) => prompt.includes(part)))
  return found.sort((a, b) => b.task.prompt.length - a.task.prompt.length)[0] ?? null
}

function scriptOf(family: Family): Script {
  const folder = join(SUITE, family.family, family.solve.code)
  const names = statSync(folder).isDirectory() ? readdirSync(folder).filter((name) => !name.startsWith('__')) : ['']
  const files = names.map((name) => ({
    path: `/tmp/mine/${name === '' ? family.solve.code : name}`,
    content: readFileSync(join(folder, name), 'utf8'),
  }))
  const words = family.solve.argv.map((word) => `'${word.replace('/solve/', '/tmp/mine/')}'`)
  return { files, command: `${words.join(' ')} 2>/dev/null` }
}

/** Solves whatever it is asked, as the reference solutions do. */
export const solver = scriptedSolver((prompt) => {
  const found = taskOf(prompt)
  return found === null ? null : scriptOf(found.family)
})
