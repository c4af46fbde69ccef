import { EXIT } from '../exit.ts'
import { folderOf, stopRunning, theServer } from '../server/running.ts'
import type { Verb } from './verb.ts'

/** `weir stop`: ends the server that runs on a folder, in order. */
export const stopVerb: Verb = (program, screen, finish) => {
  program
    .command('stop')
    .description('Stop the server of this machine in order.')
    .option('--data <folder>', 'its data folder, where several run')
    .action(async ({ data }: { data?: string }) => {
      const running = await theServer(data, process.env)
      if (running === null)
        screen.tell(data === undefined ? 'No server of yours runs here.' : `No server runs on ${folderOf(data)}.`)
      else {
        await stopRunning(running)
        screen.tell(`stopped    ${running.data}`)
      }
      finish(EXIT.done)
    })
}
