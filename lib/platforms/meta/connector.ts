import type { Clock, Connector } from '../contract.ts'
import type { PlatformHttp } from '../http.ts'
import { checkMetaAccount } from './check.ts'
import { findOnMeta } from './find.ts'
import type { MetaApp } from './graph.ts'
import { networks } from './limits.ts'
import { readMetaMetrics } from './metrics.ts'
import { exchangeMetaCode } from './oauth.ts'
import { readMetaPermalink } from './permalink.ts'
import { prepareMetaStep } from './prepare.ts'
import { refreshMetaToken } from './refresh.ts'

export function createMetaConnector(tools: { app: MetaApp; http: PlatformHttp; clock: Clock }): Connector {
  return {
    networks,
    exchange: (grant) => exchangeMetaCode(grant, tools),
    prepare: (work) => prepareMetaStep(work, tools),
    findPublished: (work) => findOnMeta(work, tools),
    readPermalink: (work) => readMetaPermalink(work, tools),
    readMetrics: (work) => readMetaMetrics(work, tools),
    refresh: (work) => refreshMetaToken(work, tools),
    checkAccount: (work) => checkMetaAccount(work, tools),
  }
}
