import { isNetwork, NETWORK_NAMES } from './network-glyph.tsx'

/** A network as people call it; one that this interface does not know keeps its own name. */
export function networkName(network: string | undefined): string {
  return network && isNetwork(network) ? NETWORK_NAMES[network] : (network ?? 'the network')
}
