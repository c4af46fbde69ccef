import { resolve } from 'node:path'

/** Weir's own folder: of the clone or the package that this file is part of. */
export const ROOT = resolve(import.meta.dirname, '..', '..')

/** Where the person stood who typed the command: npm changes into the package's folder first, and keeps the place here. */
export const HERE =
  process.env['npm_lifecycle_event'] === 'start' && process.env['INIT_CWD'] ? process.env['INIT_CWD'] : process.cwd()
