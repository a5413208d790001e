'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { fromForm, memberAction } from '#lib/actions.ts'
import { approvalModeChoice, brandDeletion, brandDetails, brandKeeping, newBrand } from './schema.ts'

export const createBrand = memberAction
  .metadata({ name: 'brands.create' })
  .inputSchema(fromForm(newBrand))
  .stateAction(async ({ parsedInput, ctx: { db } }) => {
    const { data: brand } = await db
      .rpc('create_brand', {
        tenant_id: parsedInput.tenantId,
        name: parsedInput.name,
        time_zone: parsedInput.timeZone,
        approval_mode: parsedInput.approvalMode,
        ...(parsedInput.code && { code: parsedInput.code }),
        ...(parsedInput.primaryColor && { primary_color: parsedInput.primaryColor }),
      })
      .throwOnError()
    revalidatePath('/', 'layout')
    redirect(`/brands/${brand.slug}/overview`) // where a new brand's first steps stand
  })

export const saveBrandDetails = memberAction
  .metadata({ name: 'brands.saveDetails' })
  .inputSchema(fromForm(brandDetails))
  .stateAction(async ({ parsedInput: { brandId, ...details }, ctx: { db } }) => {
    await db
      .from('brands')
      .update({
        name: details.name,
        time_zone: details.timeZone,
        primary_color: details.primaryColor,
        website_url: details.websiteUrl ?? null,
        industry: details.industry ?? null,
        description: details.description ?? null,
      })
      .eq('id', brandId)
      .select('id')
      .single() // no row: hidden, or not theirs to edit
      .throwOnError()
    revalidatePath('/', 'layout')
    return { saved: true }
  })

export const chooseApprovalMode = memberAction
  .metadata({ name: 'brands.chooseApprovalMode' })
  .inputSchema(fromForm(approvalModeChoice))
  .stateAction(async ({ parsedInput: { brandId, approvalMode }, ctx: { db } }) => {
    await db.rpc('set_approval_mode', { brand_id: brandId, approval_mode: approvalMode }).throwOnError()
    revalidatePath('/', 'layout')
    return { saved: true }
  })

export const requestBrandDeletion = memberAction
  .metadata({ name: 'brands.requestDeletion' })
  .inputSchema(fromForm(brandDeletion))
  .stateAction(async ({ parsedInput: { brandId, name }, ctx: { db } }) => {
    await db.rpc('request_brand_deletion', { brand_id: brandId, name }).throwOnError()
    revalidatePath('/', 'layout')
    return { planned: true }
  })

export const keepBrand = memberAction
  .metadata({ name: 'brands.keep' })
  .inputSchema(brandKeeping)
  .action(async ({ parsedInput: { brandId }, ctx: { db } }) => {
    await db.rpc('keep_brand', { brand_id: brandId }).throwOnError()
    revalidatePath('/', 'layout')
  })
