import { z } from '@hono/zod-openapi'

const When = z.string().describe('RFC 3339, UTC')

/** The kinds of files of other people's records. */
export const FEEDS = ['osv', 'csaf', 'cve', 'kev', 'epss', 'ssvc', 'vex', 'rubysec', 'friendsofphp'] as const

export const RecordAside = z.object({ place: z.string(), id: z.string().nullable(), why: z.string() })
export type RecordAside = z.infer<typeof RecordAside>

/** What became of one file. */
export const RecordsTaken = z.object({
  feed: z.string(),
  kind: z.enum(FEEDS).nullable().describe('Null: items of several kinds'),
  items: z.number(),
  entries: z.number().describe('What the items say: a document may speak of several flaws'),
  fresh: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  older: z.number().describe('Older than what is held, and not taken'),
  removed: z.number().describe('No longer listed'),
  notRemoved: z
    .enum(['set-aside', 'nothing-read'])
    .nullable()
    .describe('Why nothing that it does not list was removed although it is whole: part of it could not be read'),
  outdated: z.boolean().describe('A newer edition of this catalogue stands: nothing was taken'),
  setAside: z.array(RecordAside).describe('At most 100'),
  setAsideCount: z.number(),
  version: z.number(),
})
export type RecordsTaken = z.infer<typeof RecordsTaken>

/** Public records of one flaw side by side. */
export const KnownFlawOut = z.object({
  id: z.string(),
  names: z.array(z.string()).describe('At most 500, as are joins'),
  covers: z.array(z.string()).describe('Flaws that a record of several CVE ids covers'),
  joined: z
    .array(z.object({ names: z.array(z.string()), by: z.string() }))
    .describe('Which record says that two names are one'),
  keptApart: z.array(z.object({ names: z.array(z.string()), by: z.string(), why: z.string() })),
  records: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      modified: When.nullable(),
      published: When.nullable(),
      withdrawn: When.nullable(),
      summary: z.string(),
      aliases: z.array(z.string()),
      vectors: z.array(z.string()),
      packages: z.array(z.object({ ecosystem: z.string(), name: z.string(), says: z.array(z.string()) })),
      products: z.array(z.object({ identity: z.string(), name: z.string(), status: z.string() })),
      more: z.number().describe('Packages, products and ranges that are not shown'),
    }),
  ),
  kev: z
    .object({ listed: z.boolean(), added: When.nullable(), due: When.nullable(), action: z.string(), source: z.string() })
    .nullable()
    .describe('Null: nobody took the catalogue in'),
  epss: z.object({ score: z.number(), source: z.string(), at: When.nullable() }).nullable(),
  ssvc: z
    .object({
      exploitation: z.string().nullable(),
      automatable: z.string().nullable(),
      impact: z.string().nullable(),
      source: z.string(),
      at: When.nullable(),
    })
    .nullable(),
  severity: z.object({ word: z.string(), vector: z.string() }).nullable(),
  readAs: z.number().describe('Version of what is known'),
})
export type KnownFlawOut = z.infer<typeof KnownFlawOut>
