import { z } from 'zod'
import type { Store } from './store.ts'

const settingsSchema = z.strictObject({
  /** Meta's app setting "Require App Secret": calls without appsecret_proof fail. */
  require_appsecret_proof: z.boolean(),
  /** Refuse a post equal to the account's last one. Off, so that a double send shows itself as two posts. */
  refuse_repeats: z.boolean(),
  /** Redirect addresses beyond loopback that the app is registered with. */
  redirect_uris: z.array(z.url()),
  app_calls_per_hour: z.int().positive(),
  page_calls_per_day: z.int().positive(),
  instagram_calls_per_day: z.int().positive(),
  /** Published media in 24 h, as content_publishing_limit tells. */
  instagram_quota_total: z.int().positive(),
  instagram_containers_per_day: z.int().positive(),
  reels_per_day: z.int().positive(),
  image_processing_ms: z.int().nonnegative(),
  video_processing_ms: z.int().nonnegative(),
  /** How often each event is delivered. */
  webhook_copies: z.int().min(1).max(5),
  webhooks_out_of_order: z.boolean(),
  /** Where the app hears of people who remove it, and of those who want their data deleted. */
  deauthorize_url: z.url().nullable(),
  data_deletion_url: z.url().nullable(),
  /** How late insights tell; up to 48 in the real world. */
  insights_delay_hours: z.number().nonnegative(),
})
export const settingsChange = settingsSchema.partial()
export type SettingsValues = z.infer<typeof settingsSchema>

const DEFAULTS: SettingsValues = {
  require_appsecret_proof: false,
  refuse_repeats: false,
  redirect_uris: [],
  app_calls_per_hour: 100_000,
  page_calls_per_day: 100_000,
  instagram_calls_per_day: 100_000,
  instagram_quota_total: 100, // the guide's number; the reference says 50
  instagram_containers_per_day: 400,
  reels_per_day: 30,
  image_processing_ms: 300,
  video_processing_ms: 1500,
  webhook_copies: 1,
  webhooks_out_of_order: false,
  deauthorize_url: null,
  data_deletion_url: null,
  insights_delay_hours: 0,
}

/** How strict this sandbox is; kept with its data. */
export class Settings {
  readonly #store: Store
  #values: SettingsValues

  constructor(store: Store) {
    this.#store = store
    this.#values = settingsSchema.parse({ ...DEFAULTS, ...store.setting('behaviour', settingsChange) })
  }

  get values(): Readonly<SettingsValues> {
    return this.#values
  }

  change(change: z.infer<typeof settingsChange>): void {
    this.#values = settingsSchema.parse({ ...this.#values, ...change })
    this.#store.keepSetting('behaviour', this.#values)
  }

  reset(): void {
    this.change(DEFAULTS)
  }
}
