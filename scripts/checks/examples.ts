import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Check, Complaint } from './complaint.ts'
import { blocksOf } from './markdown.ts'
import { tool } from './tool.ts'
import { listFiles, readText } from './tree.ts'

/** Blocks marked `ts` in documents compile under the house's own settings; relative imports count from the document. */
export const examples: Check = (root) => {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache/examples-'))
  try {
    const places: { file: string; line: number; name: string }[] = []
    for (const file of listFiles(root).filter((path) => path.endsWith('.md'))) {
      for (const { text, line } of blocksOf(readText(root, file), 'ts')) {
        const name = `example-${places.length}.ts`
        const absolute = text.replaceAll(
          /(from\s+['"]|import\(['"])(\.[^'"]+)/g,
          (_, head, path) => `${head}${resolve(root, dirname(file), path)}`,
        )
        writeFileSync(join(folder, name), /^\s*(import|export)\b/m.test(absolute) ? absolute : `${absolute}\nexport {}`)
        places.push({ file, line, name })
      }
    }
    if (places.length === 0) return []
    const options = {
      composite: false,
      noEmit: true,
      types: existsSync(join(root, 'node_modules/@types/node')) ? ['node'] : [],
      lib: ['es2024', 'esnext.disposable'],
    }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: resolve(root, 'tsconfig.base.json'), compilerOptions: options, include: ['*.ts'] }),
    )
    const { ok, output } = tool(root, 'typescript/bin/tsc', [
      '-p',
      folder,
      '--pretty',
      'false',
      '--emitDeclarationOnly',
      'false',
    ])
    const complaints = output.split('\n').flatMap((line) => readError(line, places))
    return ok || complaints.length > 0 ? complaints : [{ at: 'examples', says: output.slice(-2000) }]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readError(line: string, places: readonly { file: string; line: number; name: string }[]): Complaint[] {
  const m = /(example-\d+\.ts)\((\d+),\d+\): error (.*)$/.exec(line)
  const place = m && places.find((one) => one.name === m[1])
  return m && place
    ? [{ at: `${place.file}:${place.line + Number(m[2]) - 1}`, says: `the example does not compile: ${m[3]}` }]
    : []
}
