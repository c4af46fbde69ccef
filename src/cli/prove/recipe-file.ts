import { readFileSync, statSync } from 'node:fs'
import { parseRecipe } from '../../core/validation/recipe-file.ts'
import { EXIT, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'

const MOST = 1 << 20

/** The recipe in a JSON file, checked as the server will check it, before anything is sent; throws Stop naming the field. */
export function readRecipe(path: string): unknown {
  let value: unknown
  try {
    if (statSync(path).size > MOST) throw new Error('it is larger than any recipe')
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Stop(EXIT.badInput, `${inert(path)}: ${code === 'ENOENT' ? 'there is no such file' : inert(message)}.`)
  }
  const read = parseRecipe(value)
  if (read.ok) return value
  throw new Stop(
    EXIT.badInput,
    `${inert(path)}, ${inert(read.at)}: ${inert(read.say)}`,
    read.mend === null ? null : inert(read.mend),
  )
}
