import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DATABASES, osvRecords } from './osv-lines.ts'

/**
 * Writes the shared records as osv-offline's files. It only finds packages that state their purl, as OSV's own export does; where the
 * upstream database left it out (Go, some of Rust), it is filled in.
 */
export function buildOsvDatabase(corpus: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const [file, ecosystem, , type] of DATABASES) {
    const lines = osvRecords(corpus, file).map((record) => {
      const affected = (record.affected ?? []).map((one) => {
        if (one.package === undefined) return one
        const purl = `pkg:${type}/${one.package.name.split('/').map(encodeURIComponent).join('/')}`
        return { ...one, package: { ...one.package, purl } }
      })
      return JSON.stringify({ ...record, affected })
    })
    writeFileSync(join(folder, `${ecosystem.toLowerCase()}.nedb`), `${lines.join('\n')}\n`)
  }
}
