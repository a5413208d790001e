import type { Clock, Connector, PlatformName } from './contract.ts'
import type { PlatformHttp } from './http.ts'
import { createMetaConnector } from './meta/connector.ts'
import type { MetaApp } from './meta/graph.ts'

export type PlatformApps = { meta: MetaApp }
export type Connectors = (platform: PlatformName) => Connector

/** Adding a platform is adding its folder and a line here. */
export function createConnectors(tools: {
  apps: PlatformApps
  http: PlatformHttp
  clock: Clock
}): Connectors {
  const { apps, http, clock } = tools
  const connectors: Record<PlatformName, Connector> = {
    meta: createMetaConnector({ app: apps.meta, http, clock }),
  }
  return (platform) => connectors[platform]
}
