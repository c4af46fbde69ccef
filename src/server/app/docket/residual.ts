import type { Residual } from '../../../contract/docket-receipt.ts'

/** Where copies can be left after a purge, and why nobody can read them. `found`: places where a marker was found all the same. */
export function residualOf(found: number): Residual[] {
  return [
    {
      what: 'Backups made before',
      where: 'wherever the operator keeps them',
      state: 'sealed; the keys were never in them and are destroyed',
    },
    {
      what: 'Old versions of rows, and the database’s write-ahead log',
      where: 'the database’s files, until they are written over',
      state: 'sealed; the keys are destroyed',
    },
    {
      what: 'Who saw and did what, as ids, instants and counts',
      where: 'the database',
      state: 'kept, so that the log can be checked',
    },
    { what: 'Digest of this receipt', where: 'the ledger', state: 'kept for ever' },
    {
      what: 'Ids, states, instants and signatures of the docket',
      where: 'the database',
      state: 'kept, sealed under a key of their own',
    },
    {
      what: 'Reports that both sides signed, and files that people saved',
      where: 'with whoever saved them',
      state: 'outside this system; the terms say what holds for them',
    },
    {
      what: 'What a law obliges a side to keep',
      where: 'with that side',
      state: 'outside this system; this one was told of none',
    },
    ...(found === 0
      ? []
      : [{ what: 'Markers of this docket', where: 'files or rows of this system', state: `found in ${found} places` }]),
  ]
}
