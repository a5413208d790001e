import type { SupabaseClient } from '@supabase/supabase-js'
import type { Database } from './database.types.ts'

export type { Database, Json, Tables } from './database.types.ts'

/** The Data API under somebody's session; every query takes it first. */
export type Db = SupabaseClient<Database>
