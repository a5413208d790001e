import type { NextConfig } from 'next'

const nextConfig: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  // The dev server answers on the address that SITE_URL names; Next would only trust localhost.
  allowedDevOrigins: ['127.0.0.1'],
  // `npm run typecheck` and the tests judge types; a start on somebody's machine need not wait for it.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // Actions carry forms, never files: pictures go straight from the browser to Storage.
    serverActions: { bodySizeLimit: '256kb' },
  },
}

export default nextConfig
