/** One part of a multipart form: a field, or a file with its name and type. */
export interface FormPart {
  readonly name: string
  readonly value: string | Uint8Array
  readonly file: { readonly filename: string; readonly contentType: string } | null
}

/** A form as multipart/form-data (RFC 7578) with a boundary of 32 random characters; names and file names are our own. */
export function formData(
  parts: readonly FormPart[],
  boundary: string,
): { readonly contentType: string; readonly body: Uint8Array } {
  const pieces: Uint8Array[] = []
  const text = (line: string) => pieces.push(Buffer.from(line, 'utf8'))
  for (const { name, value, file } of parts) {
    const named = file === null ? '' : `; filename="${file.filename}"\r\nContent-Type: ${file.contentType}`
    text(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${named}\r\n\r\n`)
    pieces.push(typeof value === 'string' ? Buffer.from(value, 'utf8') : value)
    text('\r\n')
  }
  text(`--${boundary}--\r\n`)
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(pieces) }
}
