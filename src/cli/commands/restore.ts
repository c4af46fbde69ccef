import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { interruptible } from '../console.ts'
import { EXIT, Stop } from '../exit.ts'
import { HERE } from '../root.ts'
import { doneInMaintenance } from '../server/either.ts'
import { findServers, folderOf } from '../server/running.ts'
import { inert } from '../text/inert.ts'
import { resultLines } from './result.ts'
import type { Verb } from './verb.ts'

/** `weir restore FILE`: takes a backup into a fresh data folder. */
export const restoreVerb: Verb = (program, screen, finish) => {
  program
    .command('restore')
    .description('Take a backup into a fresh data folder, beside the key folder it was made with.')
    .argument('<file>')
    .option('--data <folder>', 'the fresh data folder (WEIR_DATA; else .weir/data here)')
    .action(async (file: string, { data }: { data?: string }) => {
      const from = resolve(HERE, file)
      if (!(await stat(from).catch(() => null))?.isFile()) throw new Stop(EXIT.badInput, `There is no file ${inert(from)}.`)
      const running = data === undefined ? [] : await findServers(data, process.env)
      if (running.length > 0)
        throw new Stop(
          EXIT.badInput,
          `A server runs on ${running[0]!.data}; a restore needs the records for itself.`,
          `weir stop --data ${running[0]!.data}`,
        )
      const result = await interruptible((signal) =>
        doneInMaintenance(folderOf(data), { do: 'restore', from }, (say) => screen.tell(`restore    ${say}`), signal),
      )
      screen.out('restored')
      for (const line of resultLines(result)) screen.out(line)
      screen.out('The ledger does not sign until its head agrees: weir ledger status says whether a decision is needed.')
      finish(EXIT.done)
    })
}
