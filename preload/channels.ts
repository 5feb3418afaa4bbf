/** The channels between preload and main; no other is listened to. */
export const CHANNELS = {
  choosePath: 'runnel:choose-path',
  requestPort: 'runnel:request-port',
  port: 'runnel:port',
  language: 'runnel:language',
  recent: 'runnel:recent',
  openExternal: 'runnel:open-external',
  /** The page listens now: what waited may be told. */
  listening: 'runnel:listening',
  opening: 'runnel:opening',
  command: 'runnel:command',
  engineState: 'runnel:engine-state',
} as const
