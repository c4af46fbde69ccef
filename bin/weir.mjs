#!/usr/bin/env node
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installMissing, run } from '../scripts/with-node.mjs'

installMissing()
run(join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'cli', 'main.ts'), process.argv.slice(2))
