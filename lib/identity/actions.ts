'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { fromForm, memberAction, publicAction } from '#lib/actions.ts'
import { siteConfig, siteUrl } from '#lib/config.ts'
import { RefusalError } from '#lib/errors.ts'
import { refusal, refusalFrom } from '#lib/refusals.ts'
import { authClient, statelessAuth } from '#lib/supabase/server.ts'
import { safeNext } from './paths.ts'
import * as schema from './schema.ts'
import { keepTheme } from './theme.ts'

/** Makes the account and, where Auth signs in at once, the agency too; else the mail comes first. */
export const signUp = publicAction
  .metadata({ name: 'identity.signUp' })
  .inputSchema(fromForm(schema.signUp))
  .stateAction(async ({ parsedInput: { agencyName, displayName, email, password } }) => {
    const client = await authClient()
    const { data, error } = await client.auth.signUp({
      email,
      password,
      options: {
        data: { display_name: displayName, agency_name: agencyName },
        emailRedirectTo: siteUrl('/welcome').href,
      },
    })
    if (error) throw error
    if (!data.session) return { mailedTo: email }
    const agency = await client.rpc('create_tenant', { name: agencyName })
    redirect(agency.error ? '/welcome' : '/brands/new') // the account stands either way; /welcome asks again
  })

export const createAgency = memberAction
  .metadata({ name: 'identity.createAgency' })
  .inputSchema(fromForm(schema.agency))
  .stateAction(async ({ parsedInput: { agencyName }, ctx: { db } }) => {
    await db.rpc('create_tenant', { name: agencyName }).throwOnError()
    redirect('/brands/new')
  })

export const signIn = publicAction
  .metadata({ name: 'identity.signIn' })
  .inputSchema(fromForm(schema.passwordSignIn))
  .stateAction(async ({ parsedInput: { email, password, next } }) => {
    const { error } = await (await authClient()).auth.signInWithPassword({ email, password })
    if (error) throw error
    redirect(safeNext(next, siteConfig().siteUrl, '/'))
  })

/** Same answer whether or not the address has an account: a stranger learns nothing. */
export const mailSignInLink = publicAction
  .metadata({ name: 'identity.mailSignInLink' })
  .inputSchema(fromForm(schema.mailedLink))
  .stateAction(async ({ parsedInput: { email, next } }) => {
    const emailRedirectTo = new URL(safeNext(next, siteConfig().siteUrl, '/'), siteConfig().siteUrl).href
    const { error } = await statelessAuth().signInWithOtp({
      email,
      options: { shouldCreateUser: false, emailRedirectTo },
    })
    if (error) throwUnlessAboutTheAddress(error)
    return { mailedTo: email }
  })

export const mailResetLink = publicAction
  .metadata({ name: 'identity.mailResetLink' })
  .inputSchema(fromForm(schema.resetRequest))
  .stateAction(async ({ parsedInput: { email } }) => {
    const { error } = await statelessAuth().resetPasswordForEmail(email, {
      redirectTo: siteUrl('/new-password').href,
    })
    if (error) throwUnlessAboutTheAddress(error)
    return { mailedTo: email }
  })

/**
 * Auth answers 4xx for an address without an account, and its mail limits count only known ones:
 * told apart, either would say who is here. A dead line and a limit on the caller say nothing of the kind.
 */
function throwUnlessAboutTheAddress(error: { status?: number | undefined; code?: string | undefined }): void {
  const aboutTheCaller = error.code === 'over_request_rate_limit'
  const refusedBySupabase = error.status !== undefined && error.status >= 400 && error.status < 500
  if (aboutTheCaller || !refusedBySupabase) throw error
}

/** The POST behind a mailed link: only this uses the link up, since mail scanners follow every GET. */
export const confirm = publicAction
  .metadata({ name: 'identity.confirm' })
  .inputSchema(fromForm(schema.confirmation))
  .stateAction(async ({ parsedInput: { token_hash, type, next } }) => {
    const { error } = await (await authClient()).auth.verifyOtp({ token_hash, type })
    if (error)
      throw refusalFrom(error)?.code === 'no_connection'
        ? error
        : new RefusalError(refusal('confirmation_dead'))
    redirect(safeNext(next, siteConfig().siteUrl, type === 'recovery' ? '/new-password' : '/'))
  })

/** After a reset link: the link was the proof, so the old password is not asked. */
export const choosePassword = memberAction
  .metadata({ name: 'identity.choosePassword' })
  .inputSchema(fromForm(schema.chosenPassword))
  .stateAction(async ({ parsedInput: { password, signOutOthers } }) => {
    const { auth } = await authClient()
    const { error } = await auth.updateUser({ password })
    if (error) throw error
    if (signOutOthers) await auth.signOut({ scope: 'others' })
    redirect('/')
  })

export const changePassword = memberAction
  .metadata({ name: 'identity.changePassword' })
  .inputSchema(fromForm(schema.changedPassword))
  .stateAction(async ({ parsedInput: { current, password }, ctx: { email } }) => {
    const proof = await statelessAuth().signInWithPassword({ email, password: current })
    if (refusalFrom(proof.error)?.code === 'password_wrong')
      throw new RefusalError(refusal('current_password_wrong'))
    if (proof.error) throw proof.error
    const { auth } = await authClient()
    const { error } = await auth.updateUser({ password })
    if (error) throw error
    await auth.signOut({ scope: 'others' })
    return { changed: true }
  })

export const saveAccount = memberAction
  .metadata({ name: 'identity.saveAccount' })
  .inputSchema(fromForm(schema.account))
  .stateAction(async ({ parsedInput: { displayName, timeZone }, ctx: { db, userId } }) => {
    await db
      .from('profiles')
      .update({ display_name: displayName, time_zone: timeZone })
      .eq('user_id', userId)
      .throwOnError()
    revalidatePath('/', 'layout')
    return { saved: true }
  })

export const chooseTheme = publicAction
  .metadata({ name: 'identity.chooseTheme' })
  .inputSchema(fromForm(schema.theme))
  .stateAction(async ({ parsedInput }) => {
    await keepTheme(parsedInput.theme)
    revalidatePath('/', 'layout')
    return { saved: true }
  })

/** `local` ends this session, `global` every session of the person, this one too. */
export const signOut = publicAction
  .metadata({ name: 'identity.signOut' })
  .inputSchema(fromForm(schema.signOut))
  .stateAction(async ({ parsedInput: { scope, next } }) => {
    const { error } = await (await authClient()).auth.signOut({ scope })
    if (error && refusalFrom(error)?.code !== 'signed_out') throw error
    revalidatePath('/', 'layout')
    redirect(safeNext(next, siteConfig().siteUrl, '/sign-in'))
  })
