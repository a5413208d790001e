import type { Clock, Connector } from '../contract.ts'
import type { PlatformHttp } from '../http.ts'
import { findOnFacebook } from './find.ts'
import type { MetaApp } from './graph.ts'
import { exchangeMetaCode } from './oauth.ts'
import { prepareFacebookStep } from './publish.ts'

export function createMetaConnector(tools: { app: MetaApp; http: PlatformHttp; clock: Clock }): Connector {
  return {
    // Meta knows no idempotency key (meta.md 0.2): what was lost is found by its time, its text, its photo.
    reconcile: 'list_by_time_and_fingerprint',
    exchange: (grant) => exchangeMetaCode(grant, tools),
    prepare: (work) => prepareFacebookStep(work, tools),
    findPublished: (work) => findOnFacebook(work, tools),
  }
}
