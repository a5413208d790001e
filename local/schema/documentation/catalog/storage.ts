import type { ISql } from 'postgres'

export type Bucket = { id: string; public: boolean; sizeLimit: number | null; types: string[] }

export async function readBuckets(sql: ISql): Promise<Bucket[]> {
  return sql<Bucket[]>`
    select id, public, file_size_limit::float8 as "sizeLimit", coalesce(allowed_mime_types, '{}') as types
    from storage.buckets order by id`
}
