import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import type { Verb } from './commands/verb.ts'
import { type Console, openConsole } from './console.ts'
import { EXIT, type Exit, Stop } from './exit.ts'
import { ROOT } from './root.ts'
import { inert } from './text/inert.ts'
import { VERB_NAMES, verbsFor } from './verbs.ts'

const HELP = `
Exit codes: 0 done, 1 something needs you, 2 bad input, 3 refused, 4 not available, 130 stopped by you.
Every verb has its own --help. Progress goes to standard error, results to standard output.`

/** The command line with these verbs. */
export function buildProgram(verbs: readonly Verb[], screen: Console, finish: (exit: Exit) => void): Command {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  const program = new Command('weir').description('Weir: an open clearinghouse for software flaws.').version(version)
  program.enablePositionalOptions().exitOverride().showSuggestionAfterError().helpCommand(false).addHelpText('after', HELP)
  program.configureOutput({
    writeErr: (text) => process.stderr.write(text.replace(/^error:/, 'weir:')),
    getOutHelpWidth: () => 80,
    getErrHelpWidth: () => 80,
  })
  for (const verb of verbs) verb(program, screen, finish)
  return program
}

/** Runs one command line; answers its exit code, and has told the person whatever went wrong. */
export async function runCommand(words: readonly string[]): Promise<Exit> {
  const screen = openConsole()
  let exit: Exit = EXIT.done
  const program = buildProgram(await verbsFor(words), screen, (code) => {
    exit = code
  })
  try {
    await program.parseAsync(words, { from: 'user' })
    return exit
  } catch (error) {
    if (error instanceof CommanderError) return badWords(error, screen)
    if (!(error instanceof Stop)) throw error
    screen.tell(`weir: ${error.message}`)
    if (error.mend !== null) screen.tell(`      ${error.mend}`)
    return error.exit
  }
}

function badWords(error: CommanderError, screen: Console): Exit {
  if (error.exitCode === 0) return EXIT.done
  if (error.code === 'commander.help') return EXIT.badInput
  // Commander has said what was wrong; it says nothing where only a verb is missing.
  screen.tell(
    error.code === 'commander.unknownCommand' || error.code === 'commander.excessArguments'
      ? `      Verbs: ${VERB_NAMES.join(', ')}. See: weir --help`
      : `      See: weir ${inert(process.argv[2] ?? '')} --help`,
  )
  return EXIT.badInput
}
