'use server'

import { revalidatePath } from 'next/cache'
import { fromForm, memberAction } from '#lib/actions.ts'
import { altText, assetChoice } from './schema.ts'

export const describeAsset = memberAction
  .metadata({ name: 'media.describe' })
  .inputSchema(fromForm(altText))
  .stateAction(async ({ parsedInput, ctx: { db } }) => {
    await db
      .from('media_assets')
      .update({ alt_text: parsedInput.altText || null })
      .eq('id', parsedInput.assetId)
      .select('id')
      .single() // no row: hidden, or not theirs to describe
      .throwOnError()
    revalidatePath('/brands/[brand]', 'layout')
    return { saved: true }
  })

export const archiveAsset = memberAction
  .metadata({ name: 'media.archive' })
  .inputSchema(assetChoice)
  .action(async ({ parsedInput: { assetId }, ctx: { db } }) => {
    await db.rpc('archive_media', { asset_id: assetId }).throwOnError()
    revalidatePath('/brands/[brand]', 'layout')
  })
