import { InvalidArgumentError } from 'commander'
import { type Console, interruptible } from '../console.ts'
import { EXIT, type Exit } from '../exit.ts'
import { folderOf } from '../server/running.ts'
import { startServer } from '../server/server-process.ts'
import { keepServing, listenOn, readyLines } from '../server/serving.ts'
import type { Verb } from './verb.ts'

/** A port as a person writes it; told as bad input when it is none. */
export function port(text: string): string {
  if (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535) return text
  throw new InvalidArgumentError('A port is a whole number from 1 to 65535.')
}

/** `weir up`: starts the server and keeps it until Ctrl-C. */
export const upVerb: Verb = (program, screen, finish) => {
  program
    .command('up')
    .description('Start the server and keep serving until Ctrl-C.')
    .option('--data <folder>', 'data folder (WEIR_DATA; else .weir/data here)')
    .option('--port <n>', 'port (WEIR_PORT; else 4180)', port)
    .option('--demo', 'a demo: seeded people, one-click sign-in, this machine only')
    .action(async (options: { data?: string; port?: string; demo?: boolean }) => finish(await up(options, screen)))
}

async function up(options: { data?: string; port?: string; demo?: boolean }, screen: Console): Promise<Exit> {
  const began = performance.now()
  let again = () => process.exit(EXIT.stopped)
  return await interruptible(
    async (signal) => {
      const listener = listenOn(screen, process.stderr.isTTY ? 'warnings' : 'all')
      const server = await startServer({ ...options, data: folderOf(options.data) }, listener, signal)
      again = () => server.stop() as never
      for (const line of readyLines(server.ready, screen, performance.now() - began)) screen.tell(line)
      screen.tell(screen.tellInk.dim('Ctrl-C stops it.'))
      await keepServing(server, signal, screen)
      return EXIT.done
    },
    () => again(),
  )
}
