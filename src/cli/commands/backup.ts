import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { interruptible } from '../console.ts'
import { EXIT, Stop } from '../exit.ts'
import { HERE } from '../root.ts'
import { doneByServer } from '../server/either.ts'
import { inert } from '../text/inert.ts'
import { resultLines } from './result.ts'
import type { Verb } from './verb.ts'

/** `weir backup FILE`: everything but the keys in one new file. */
export const backupVerb: Verb = (program, screen, finish) => {
  program
    .command('backup')
    .description('Write a backup to a new file. Keys are never in it: keep the key folder separately.')
    .argument('<file>')
    .option('--data <folder>', 'data folder, where it is not the usual one')
    .action(async (file: string, { data }: { data?: string }) => {
      const to = resolve(HERE, file)
      if (existsSync(to))
        throw new Stop(
          EXIT.badInput,
          `There is a file ${inert(to)} already; a backup never writes over one.`,
          'Name a new file.',
        )
      const result = await interruptible((signal) =>
        doneByServer(data, { do: 'backup', to }, (say) => screen.tell(`backup     ${say}`), signal),
      )
      screen.out(`written    ${inert(to)}`)
      for (const line of resultLines(result)) screen.out(line)
      screen.out('Without the key folder nobody can read it: back that up elsewhere.')
      finish(EXIT.done)
    })
}
