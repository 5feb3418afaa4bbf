import type { PlaceConfig } from './config.ts'
import type { Place, PlaceRequest } from './place.ts'

/**
 * Connects to a place. The code of a kind is loaded when it is first used.
 * @throws Failure `source.unavailable`, `source.unauthorized`, `source.host_key`.
 */
export async function openPlace(config: PlaceConfig, request: PlaceRequest): Promise<Place> {
  switch (config.kind) {
    case 'sftp':
      return (await import('./sftp-place.ts')).openSftp(config, request)
    case 'ftp':
      return (await import('./ftp-place.ts')).openFtp(config, request)
    case 's3':
      return (await import('./s3-place.ts')).openS3(config, request)
    default:
      return config satisfies never
  }
}
