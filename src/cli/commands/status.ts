import { EXIT } from '../exit.ts'
import { findServers } from '../server/running.ts'
import { utc } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import type { Verb } from './verb.ts'

/** `weir status`: which servers of this account run here, and where they answer. */
export const statusVerb: Verb = (program, screen, finish) => {
  program
    .command('status')
    .description('Say which server runs here. Exit code 4 when none does.')
    .option('--data <folder>', 'look at this data folder only')
    .option('--json', 'as JSON')
    .action(async ({ data, json }: { data?: string; json?: boolean }) => {
      const found = await findServers(data, process.env)
      if (json) screen.out(inertJson(JSON.stringify(found.map(({ data, file, status }) => ({ ...status, data, ...file })))))
      else if (found.length === 0) screen.tell('No server of yours runs here. Start one: weir up, or npm start')
      for (const { data, file, status } of json ? [] : found) {
        screen.out(`page       ${file.url === null ? 'none: in maintenance' : inert(file.url)}${file.demo ? '   demo' : ''}`)
        screen.out(`since      ${utc(file.startedAt) ?? 'unknown'}, process ${file.pid}`)
        screen.out(`database   ${inert(String(status['database'] ?? 'unknown'))}`)
        screen.out(`data       ${inert(data)}`)
      }
      finish(found.length === 0 ? EXIT.unavailable : EXIT.done)
    })
}
