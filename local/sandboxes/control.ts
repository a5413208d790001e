import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Calls } from './calls.ts'
import { type Faults, faultSchema } from './faults.ts'
import { isLoopback } from './loopback.ts'
import type { Ground, Platform } from './platform.ts'
import { settingsChange } from './settings.ts'

const callFilter = z.strictObject({
  host: z.string().optional(),
  method: z.string().toUpperCase().optional(),
  path: z.string().optional(),
  account_id: z.string().optional(),
  after: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(200),
})

interface Controlled {
  ground: Ground
  faults: Faults
  calls: Calls
  platforms: readonly Platform[]
}

/** `/_sandbox`: moves the sandbox from outside, in JSON. Each platform adds its own part. */
export function createControl({ ground, faults, calls, platforms }: Controlled) {
  const control = new Hono<{ Bindings: HttpBindings }>()

  // A web page open in the developer's browser must not be able to post in here, nor another machine.
  control.use(async (c, next) => {
    const peer = c.env.incoming.socket.remoteAddress ?? ''
    const isForeign = !isLoopback(peer) || !isLoopback(new URL(c.req.url).hostname) || c.req.header('origin')
    if (isForeign) return c.json({ error: 'The control plane answers programs on this machine only.' }, 403)
    await next()
  })
  for (const platform of platforms) control.route('/', platform.control)

  control.get('/health', (c) =>
    c.json({
      ready: true,
      now: new Date(ground.clock.now()).toISOString(),
      posts: platforms.reduce((sum, platform) => sum + platform.countPosts(), 0),
    }),
  )

  control.get('/faults', (c) => c.json({ faults: faults.list() }))
  control.post('/faults', async (c) => {
    const fault = await readJson(c, faultSchema)
    return c.json({ id: faults.arm(fault), ...fault }, 201)
  })
  control.delete('/faults', (c) => c.json({ disarmed: faults.disarm() }))
  control.delete('/faults/:id', (c) => {
    const disarmed = faults.disarm(c.req.param('id'))
    return c.json({ disarmed }, disarmed ? 200 : 404)
  })

  control.get('/calls', (c) => c.json({ calls: calls.list(readQuery(c, callFilter)) }))
  control.delete('/calls', (c) => {
    calls.forget()
    return c.json({ forgotten: true })
  })

  const clockState = () => ({
    now: new Date(ground.clock.now()).toISOString(),
    frozen: ground.clock.isFrozen,
  })
  control.get('/clock', (c) => c.json(clockState()))
  control.post('/clock', async (c) => {
    const { now } = await readJson(c, z.strictObject({ now: z.iso.datetime({ offset: true }).nullable() }))
    ground.clock.freeze(now === null ? null : Date.parse(now))
    return c.json(clockState())
  })

  control.get('/settings', (c) => c.json(ground.settings.values))
  control.post('/settings', async (c) => {
    ground.settings.change(await readJson(c, settingsChange))
    return c.json(ground.settings.values)
  })

  control.post('/reset', async (c) => {
    await readJson(c, z.strictObject({}))
    faults.disarm()
    calls.forget()
    ground.clock.freeze(null)
    ground.settings.reset()
    for (const platform of platforms) platform.reset()
    return c.json({ reset: true })
  })

  control.notFound((c) => c.json({ error: `There is no ${c.req.method} ${c.req.path}.` }, 404))
  return control
}

/** What a caller of the control plane got wrong; shown to them as it is. */
export class ControlError extends Error {}

export async function readJson<Value>(c: Context, schema: z.ZodType<Value>): Promise<Value> {
  if (!c.req.header('content-type')?.startsWith('application/json'))
    throw new ControlError('Send a JSON body with content-type application/json.')
  const text = await c.req.text()
  let value: unknown
  try {
    value = JSON.parse(text || '{}')
  } catch {
    throw new ControlError('The body is not JSON.')
  }
  return orRefuse(schema, value)
}

export function readQuery<Value>(c: Context, schema: z.ZodType<Value>): Value {
  return orRefuse(schema, c.req.query())
}

function orRefuse<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const read = schema.safeParse(value)
  if (!read.success) throw new ControlError(z.prettifyError(read.error).replaceAll('✖ ', ''))
  return read.data
}
