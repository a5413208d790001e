import { createHash } from 'node:crypto'

/** A request body as the record and the fault matcher see it: text fields, and files by their facts. */
export interface ReadBody {
  fields: Record<string, string>
  files: Record<string, { name: string; bytes: number; sha256: string }>
}

/** Platforms read their own bodies; this reading is for matching and recording, so it never fails a call. */
export async function readBody(contentType: string | null, bytes: ArrayBuffer): Promise<ReadBody> {
  const read: ReadBody = { fields: {}, files: {} }
  if (bytes.byteLength === 0) return read
  try {
    if (contentType?.startsWith('application/json')) {
      const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
      if (typeof json === 'object' && json !== null) {
        for (const [name, value] of Object.entries(json))
          read.fields[name] = typeof value === 'string' ? value : JSON.stringify(value)
      }
    } else if (
      contentType &&
      /^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(contentType)
    ) {
      const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData()
      for (const [name, value] of form) {
        if (typeof value === 'string') read.fields[name] = value
        else
          read.files[name] = {
            name: value.name,
            bytes: value.size,
            sha256: createHash('sha256')
              .update(new Uint8Array(await value.arrayBuffer()))
              .digest('hex'),
          }
      }
    }
  } catch {
    read.fields['(body)'] = `${bytes.byteLength} bytes that are not ${contentType}`
  }
  return read
}
