import postgres from 'postgres'
import { databaseUrl, superuser } from '#local/postgres/start.ts'
import type { Benchmark } from '../benchmark.ts'
import { withDatabase } from '../database.ts'
import { measurePublishing } from './measure.ts'

export const benchmark: Benchmark = {
  about: 'How late 1 000 posts of one minute leave, what the engine costs a post, and whether either grows.',
  run: ({ progress }) =>
    withDatabase(({ port }) =>
      measurePublishing({
        databaseUrl: databaseUrl(port),
        superuserUrl: databaseUrl(port, superuser),
        connect: (url) => postgres(url, { max: 1, onnotice: () => {} }),
        progress,
      }),
    ),
}
