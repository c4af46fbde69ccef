import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Console } from '../console.ts'
import type { Check } from '../doctor/check.ts'
import { checkClock, checkDisk, checkFolder, checkIpv6, checkNode, checkPort } from '../doctor/machine.ts'
import { checkPostgres } from '../doctor/postgres.ts'
import { checkPrograms } from '../doctor/programs.ts'
import { checkSandboxes } from '../doctor/sandboxes.ts'
import { EXIT, type Exit } from '../exit.ts'
import { HERE, ROOT } from '../root.ts'
import { folderOf } from '../server/running.ts'
import { inert, inertJson } from '../text/inert.ts'
import { port } from './up.ts'
import type { Verb } from './verb.ts'

interface Options {
  readonly json?: boolean
  readonly data?: string
  readonly port?: string
}

/** `weir doctor`: what this machine lacks, and the command that mends it. */
export const doctorVerb: Verb = (program, screen, finish) => {
  program
    .command('doctor')
    .description('Say what this machine lacks and the command that mends it. Exit code 1 when something needed is missing.')
    .option('--data <folder>', 'data folder to look at (WEIR_DATA; else .weir/data here)')
    .option('--port <n>', 'port to look at (WEIR_PORT; else 4180)', port)
    .option('--json', 'as JSON')
    .action(async (options: Options) => finish(await doctor(options, screen)))
}

async function doctor(options: Options, screen: Console): Promise<Exit> {
  const { env } = process
  const data = folderOf(options.data ?? (env['WEIR_DATA'] || undefined)) ?? join(HERE, '.weir', 'data')
  const wanted = Number(options.port ?? (env['WEIR_PORT'] || 4180))
  const checks: Check[] = [
    checkNode(process.versions.node),
    checkPostgres(data, env),
    checkDisk(data),
    checkFolder('data', data, false),
    checkFolder('keys', env['WEIR_KEYS'] || `${data}-keys`, true),
    await checkPort(Number.isInteger(wanted) && wanted > 0 && wanted < 65536 ? wanted : 4180),
    await checkIpv6(),
    checkClock(Date.now(), statSync(join(ROOT, 'package.json')).mtimeMs),
    ...checkPrograms(env),
    ...(await checkSandboxes()),
  ]
  const ok = !checks.some(({ state, needed }) => needed && state === 'missing')
  if (options.json) screen.out(inertJson(JSON.stringify({ ok, checks })))
  else for (const check of checks) for (const line of checkLines(check, screen)) screen.out(line)
  if (!options.json) screen.out(ok ? '\nNothing that Weir needs is missing.' : '\nexit 1: something that Weir needs is missing')
  return ok ? EXIT.done : EXIT.attention
}

function checkLines({ name, state, needed, say, mend }: Check, { ink }: Console): string[] {
  const word = state === 'ok' ? 'ok' : state === 'note' ? 'note' : needed ? 'missing' : 'without'
  const paint = state === 'ok' ? (text: string) => text : needed ? ink.alarm : ink.soon
  return [
    `${paint(word.padEnd(9))}  ${name.padEnd(11)} ${inert(say)}`,
    ...(mend === null ? [] : [`${' '.repeat(23)}${ink.strong(inert(mend))}`]),
  ]
}
