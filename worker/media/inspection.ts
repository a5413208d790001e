/** What the worker found in a file: what it is, or why it is refused. */
export type Inspection =
  | {
      ok: true
      mime_type: string
      size_bytes: number
      hash: string
      width: number
      height: number
      duration_ms?: number
      metadata: Readonly<Record<string, string | number | boolean | null>>
    }
  | Refused

export type Refused = { ok: false; code: string; facts: Record<string, string | number> }
