import { DIRECTIVES } from '../../core/exposure/directives/registry.ts'
import { type ExposureOptions, FAIL_ON, readDay, readWord, readYesNo } from '../exposure/exposure-options.ts'
import { cacheFolder } from '../exposure/feed-cache.ts'
import { feedsFile } from '../exposure/feed-state.ts'
import type { Verb } from './verb.ts'

const all = (text: string, held: readonly string[] | undefined) => [...(held ?? []), text]
const RULES = DIRECTIVES.map(({ id }) => id).join(', ')

/** `weir exposure SBOM…`: what must be patched, where, by when and why, on this machine; no server, nothing is sent. */
export const exposureVerb: Verb = (program, screen, finish) => {
  program
    .command('exposure')
    .description('What must be patched, where, by when, and why. Runs here; no inventory leaves this machine.')
    .argument(
      '<sbom...>',
      'inventories, folders of them, or - for standard input: CycloneDX, SPDX, Syft, lock files, package lists; also packed',
    )
    .option('--feed <place>', 'folder or file of advisories, or the address of a Weir server; as often as needed', all)
    .option('--feed-key <verifier>', 'key of the signed feed; else the one seen before, else the one it names')
    .option('--state <file>', 'where signed feeds seen before are remembered', feedsFile(process.env))
    .option('--cache <folder>', 'where files of a fetched feed are kept, so that each comes once', cacheFolder(process.env))
    .option('--exposed <yes|no>', 'whether all of it can be reached from public networks; not said counts as yes', readYesNo)
    .option('--tags <file>', 'who owns which asset, where it runs, who can reach it, until when it is supported: CSV or JSON')
    .option(
      '--distro <release>',
      'distribution of packages that do not say it: debian:12, ubuntu:24.04, rocky:9, or an os-release file',
    )
    .option('--directive <rule>', `by what you go: ${RULES}, or a file with your own policy`, 'bod-26-04')
    .option('--bound <yes|no>', 'whether that rule binds you', readYesNo)
    .option(
      '--clock <start>',
      'where a rule is unclear: from-first, from-change',
      readWord(['from-first', 'from-change'] as const),
      'from-first',
    )
    .option('--identified <day>', 'when the flaws were found on your assets; now, where not said', readDay)
    .option('--vex <file>', 'statements that you believe: OpenVEX, CycloneDX, CSAF; the first named counts most', all)
    .option('--kev <file>', 'catalogue of known exploited vulnerabilities, where the feed has none')
    .option('--epss <file>', 'EPSS, where the feed has none')
    .option('--ssvc <file>', 'SSVC of Vulnrichment, where the feed has none')
    .option(
      '--by <order>',
      'due: what to do first; asset: each asset with its flaws',
      readWord(['due', 'asset'] as const),
      'due',
    )
    .option('--why <flaw>', 'explain one flaw step by step, also where it is no finding: CVE-…, or CVE-…:pkg:…')
    .option('--json', 'a line of JSON a finding')
    .option('--sarif <file>', 'write findings as SARIF 2.1.0')
    .option('--vex-out <file>', 'write what was found as CycloneDX VEX')
    .option('--rest <file>', 'write what is no finding, lines of JSON: unknown, settled, unmatched, set aside')
    .option('--edge-devices <file>', 'write edge devices and what BOD 26-02 asks of them, a line of JSON a device')
    .option('--fail-on <what>', `what makes the exit code 1: ${FAIL_ON.join(', ')}`, readWord(FAIL_ON), 'any')
    .addHelpText('after', '\nHow to use it in a pipeline, and what every field means: docs/exposure.md.')
    .action(async (places: string[], options: ExposureOptions) => {
      // Loaded when it is asked for: other verbs start without readers of thirty formats.
      const { exposureRun } = await import('../exposure/exposure-run.ts')
      finish(await exposureRun(places, options, screen))
    })
}
