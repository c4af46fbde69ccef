import type { PersonSeed } from './person-seed.ts'

const OFFICE = { organisation: 'Office of Measures', kind: 'evaluator' } as const

/** The people of the demo's dockets. All of them, and their organisations, are invented. */
export const DOCKET_PEOPLE = {
  lead: {
    organisation: 'Lodestar Models',
    kind: 'developer',
    name: 'Bruno Castellane',
    email: 'bruno.castellane@lodestar.example',
    roles: ['developer'],
    says: 'Your model in its access window: the clock, who saw what, and the way out.',
  },
  asker: {
    organisation: 'Saltmarsh AI',
    kind: 'developer',
    name: 'Dalia Renn',
    email: 'dalia.renn@saltmarsh.example',
    roles: ['developer'],
    says: 'One inquiry that the office has not answered yet.',
  },
  officer: {
    ...OFFICE,
    name: 'Henrik Oyelaran',
    email: 'henrik.oyelaran@measures.example',
    roles: ['officer'],
    says: 'Docket officer: the board of windows, and an inquiry that waits.',
  },
  deputy: {
    ...OFFICE,
    name: 'Sabine Achebe',
    email: 'sabine.achebe@measures.example',
    roles: ['officer'],
    says: 'Second officer: seconds read-ins, starts runs.',
  },
  analyst: {
    ...OFFICE,
    name: 'Yara Lindqvist',
    email: 'yara.lindqvist@measures.example',
    roles: ['evaluator'],
    says: 'Analyst: run sets, transcripts without the model’s reasoning, figures.',
  },
  second: {
    ...OFFICE,
    name: 'Tove Marsh',
    email: 'tove.marsh@measures.example',
    roles: ['evaluator'],
    says: 'Second analyst: cheating counts once both say so.',
  },
  bench: {
    ...OFFICE,
    name: 'Emil Strand',
    email: 'emil.strand@measures.example',
    roles: ['evaluator'],
    says: 'Benchmark custodian: sealed tasks and the plan; never the endpoint.',
  },
  authority: {
    ...OFFICE,
    name: 'Noor Vasari',
    email: 'noor.vasari@measures.example',
    roles: ['evaluator'],
    says: 'Determining authority and partner steward: figures, the record, the report, partners.',
  },
  inspector: {
    ...OFFICE,
    name: 'Kofi Brandt',
    email: 'kofi.brandt@measures.example',
    roles: ['inspector'],
    says: 'Inspector of the docket: the whole log, and no content.',
  },
  partner: {
    organisation: 'Breakwater Grid',
    kind: 'operator',
    name: 'Ulla Ferreira',
    email: 'ulla.ferreira@breakwater.example',
    roles: ['partner'],
    says: 'A candidate for trusted partner; nothing is granted yet.',
  },
} as const satisfies Readonly<Record<string, PersonSeed>>

export type DocketCast = keyof typeof DOCKET_PEOPLE
