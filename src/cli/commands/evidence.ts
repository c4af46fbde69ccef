import { basename, resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { interruptible } from '../console.ts'
import { EXIT } from '../exit.ts'
import { queryOf } from '../http/query.ts'
import { count, text } from '../http/read.ts'
import { sendFile } from '../http/send-file.ts'
import { HERE } from '../root.ts'
import { bytes } from '../text/figures.ts'
import { inert, inertJson } from '../text/inert.ts'
import { type Reach, reaching, reachServer } from './reach.ts'
import type { Verb } from './verb.ts'

const KINDS = ['reproducer', 'patch', 'benign']

interface Options extends Reach {
  readonly kind: string
  readonly harness?: string
  readonly fires?: string
  readonly requests?: string
  readonly name?: string
  readonly json?: boolean
}

const kind = (word: string) => {
  if (KINDS.includes(word)) return word
  throw new InvalidArgumentError(`Evidence is one of ${KINDS.join(', ')}.`)
}

/** `weir evidence add`: a reproducer, a patch or a benign sample of a finding that was sent before. */
export const evidenceVerb: Verb = (program, screen, finish) => {
  const evidence = program.command('evidence').description('Add reproducers, patches and benign samples to findings.')
  reaching(
    evidence
      .command('add')
      .description('Add a file to a finding of yours. Its id goes to standard output.')
      .argument('<finding>')
      .argument('<file>'),
  )
    .requiredOption('--kind <kind>', KINDS.join(', '), kind)
    .option('--harness <name>', 'harness of the recipe that it is for; needed where it has several')
    .option('--fires <how>', 'what shows that it fired: crash, exit:77, output:WORDS, file:/out/PATH (else crash)')
    .option('--requests <lengths>', 'for a server: lengths of the requests that the file is made of, as 120,340')
    .option('--name <name>', 'its name to show (else the name of the file)')
    .option('--json', 'as JSON')
    .action(async (finding: string, file: string, options: Options) => {
      const { client } = await reachServer(options, 'finder')
      const { kind, harness, fires, requests, name = basename(file) } = options
      const query = queryOf({ kind, name, harness, fires, requests })
      const path = `/v1/findings/${encodeURIComponent(finding)}/evidence?${query}`
      const row = await interruptible((signal) => sendFile(client, path, resolve(HERE, file), () => {}, signal))
      screen.tell(`added      ${inert(text(row['name']) ?? '')} (${kind}), ${bytes(count(row['bytes']))}`)
      screen.out(options.json ? inertJson(JSON.stringify(row)) : inert(text(row['id']) ?? '', 60))
      finish(EXIT.done)
    })
}
