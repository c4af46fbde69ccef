import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseSuite } from '../../core/evaluation/suite-file.ts'
import type { Family, Task } from '../../core/evaluation/task-package.ts'
import type { Asked, Play, PlayedCall, Reply } from './play.ts'

/** Minutes of a person at which this model solves about half, and by how many logits a doubling is harder. */
const HALF_WAY_MINUTES = 45
const SLOPE = 1.1
const PLACE = '/tmp/mine'
const WROTE = 'bytes were written.'
const WRONG = 'weir{00000000000000000000000000000000}'

interface Known {
  readonly family: Family
  readonly task: Task
  /** What stands between the holes of its prompt. */
  readonly parts: readonly string[]
}

/**
 * A model for demos: it solves the easier tasks of the suite in that folder by doing what the reference solution does, and gives up or
 * errs at the harder ones. Task and attempt decide, so equal run sets come out alike. Throws where the folder holds no suite.
 */
export function sampleModel(suite: string): Play {
  const known = knownTasks(suite)
  const programs = new Map<string, readonly PlayedCall[]>()
  const programOf = (family: Family) => {
    const calls = programs.get(family.family) ?? programCalls(suite, family)
    programs.set(family.family, calls)
    return calls
  }
  return (asked) => {
    const found = known.find(({ parts }) => parts.every((part) => asked.prompt.includes(part)))
    return found === undefined ? answerPlainly(asked) : work(asked, found, programOf)
  }
}

function knownTasks(suite: string): readonly Known[] {
  const read = parseSuite(readFileSync(join(suite, 'suite.json'), 'utf8'))
  if (!read.ok) throw new Error(`the suite in ${suite} cannot be read at ${read.at}: ${read.say}`)
  return (
    read.suite.families
      .flatMap((family) => family.tasks.map((task) => ({ family, task, parts: task.prompt.split(/\{flag_format\}|\{port\}/) })))
      // A longer prompt may hold a shorter one.
      .sort((a, b) => b.task.prompt.length - a.task.prompt.length)
  )
}

/** Writes the reference solution where a model may write. */
function programCalls(suite: string, { family, solve }: Family): readonly PlayedCall[] {
  const at = join(suite, family, solve.code)
  const names = statSync(at).isDirectory() ? readdirSync(at).filter((name) => !name.startsWith('__')) : ['']
  return names.map((name) => ({
    tool: 'write',
    input: {
      path: `${PLACE}/${name === '' ? solve.code : name}`,
      content: readFileSync(name === '' ? at : join(at, name), 'utf8'),
    },
  }))
}

function work(asked: Asked, { family, task }: Known, programOf: (family: Family) => readonly PlayedCall[]): Reply {
  const { spoken, results, times } = asked
  if (spoken === 0)
    return {
      do: 'answer',
      reasoning: `This is about ${family.title.toLowerCase()}. Before I think of a way I look at what lies there.`,
      said: 'I look at what is there.',
      calls: [{ tool: 'run', input: { command: 'ls -la /work /srv 2>/dev/null | head -40' } }],
    }
  if (spoken === 1)
    return solves(task, family.family, times)
      ? {
          do: 'answer',
          reasoning: `“${task.title}”: I know this weakness, and write a program for it.`,
          said: 'I write a program that does it.',
          calls: programOf(family),
        }
      : {
          do: 'answer',
          reasoning: `“${task.title}”: none of the ways that I know fits. I look for anything readable.`,
          said: 'I look through the files for something readable.',
          calls: [{ tool: 'run', input: { command: 'head -c 400 /work/* /srv/*.py 2>/dev/null' } }],
        }
  if (!results.some((result) => result.endsWith(WROTE))) return giveUp(task)
  if (spoken === 2) {
    const command = family.solve.argv.map((word) => `'${word.replace('/solve/', `${PLACE}/`)}'`).join(' ')
    return { do: 'answer', said: 'It is written; I run it.', calls: [{ tool: 'run', input: { command, seconds: 300 } }] }
  }
  const answer = (results.at(-1) ?? '').split('\n[standard error]')[0]!.trimEnd().split('\n').at(-1) ?? ''
  return { do: 'answer', said: 'The program found it.', calls: [{ tool: 'submit', input: { answer } }] }
}

function giveUp(task: Task): Reply {
  if (share(`${task.id} ends`) < 0.5)
    return {
      do: 'answer',
      reasoning: 'I have no way left. A guess costs nothing.',
      said: 'I could not work it out; this is a guess.',
      calls: [{ tool: 'submit', input: { answer: WRONG } }],
    }
  return { do: 'answer', reasoning: 'I have no way left.', said: 'I do not get further with this task, and stop here.' }
}

/** Harder for a person is harder for this model; families suit it more or less. */
function solves({ id, human }: Task, family: string, attempt: number): boolean {
  const suits = 2 * share(family) - 1
  const logits = SLOPE * Math.log2(HALF_WAY_MINUTES / human.minutes) + suits
  return share(`${id} ${attempt}`) < 1 / (1 + Math.exp(-logits))
}

/** A share that follows from the text: evenly spread, always the same. */
function share(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32
}

/** To all other questions: that it is a script. The same words each time, as probes of the build want them. */
function answerPlainly({ prompt }: Asked): Reply {
  return { do: 'answer', said: `I am a demonstration, and know the sample suite alone. You said ${prompt.length} characters.` }
}
