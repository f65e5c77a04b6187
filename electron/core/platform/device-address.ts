import { networkInterfaces } from 'node:os'

export interface DeviceAddress { readonly mac: string; readonly ip: string }

/** What 9001 wants to know of this machine: its first real IPv4 interface, or loopback when it has none. */
export const deviceAddress = (): DeviceAddress => {
  const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []).find((address) => address.family === 'IPv4' && !address.internal)
  return own === undefined ? { mac: '00:00:00:00:00:00', ip: '127.0.0.1' } : { mac: own.mac, ip: own.address }
}
