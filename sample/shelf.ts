import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FINDERS, type FinderId } from './finders.ts'
import type { Project } from './project.ts'

export interface Source {
  readonly finder: FinderId
  readonly project: Project
  /** Tool as named in the file name, for example `libfuzzer-asan`. */
  readonly label: string
  readonly tool: string
  readonly toolVersion: string
  readonly format: 'sarif' | 'weir-ndjson' | 'crash-log'
  /** The exact command that made the file, as run in /src. */
  readonly command: string
}

export interface ManifestEntry {
  readonly finder: { readonly name: string; readonly kind: string }
  readonly file: string
  readonly format: Source['format']
  readonly target: { readonly purl: string; readonly version: string }
  readonly provenance: {
    readonly tool: string
    readonly toolVersion: string
    readonly aiAssisted: boolean
    readonly humanValidated: boolean
  }
  readonly command: string
}

const EXTENSION = { sarif: 'sarif', 'weir-ndjson': 'ndjson', 'crash-log': 'txt' } as const

/** Gathers the reports of one make, numbers them, and writes them with their manifest. */
export class Shelf {
  readonly #folder: string
  readonly #numbers = new Map<string, number>()
  readonly entries: ManifestEntry[] = []
  readonly texts = new Map<string, string>()

  constructor(folder: string) {
    this.#folder = folder
    rmSync(folder, { recursive: true, force: true })
  }

  put(source: Source, text: string): void {
    const stem = `${source.project.name}-${source.label}`
    const number = (this.#numbers.get(`${source.finder}/${stem}`) ?? 0) + 1
    this.#numbers.set(`${source.finder}/${stem}`, number)
    const tail = source.format === 'crash-log' ? `-${String(number).padStart(2, '0')}` : ''
    const file = `reports/${source.finder}/${stem}${tail}.${EXTENSION[source.format]}`
    mkdirSync(join(this.#folder, source.finder), { recursive: true })
    writeFileSync(join(this.#folder, source.finder, `${stem}${tail}.${EXTENSION[source.format]}`), text)
    this.texts.set(file, text)
    this.entries.push({
      finder: FINDERS[source.finder],
      file,
      format: source.format,
      target: { purl: source.project.purl, version: source.project.version },
      provenance: { tool: source.tool, toolVersion: source.toolVersion, aiAssisted: false, humanValidated: false },
      command: source.command,
    })
  }
}
