import { execFile } from 'node:child_process'
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const KAFKA_VERSION = '4.1.2'

const CACHE = join(import.meta.dirname, '../../../.cache')

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>runnel</groupId>
  <artifactId>test-kafka</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version></dependency>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>${KAFKA_VERSION}</version></dependency>
  </dependencies>
</project>
`

/** Folder with Kafka's own archives and what they need, fetched from Maven Central once. */
export async function kafkaLibraries(maven: string): Promise<string> {
  const libraries = join(CACHE, `kafka-${KAFKA_VERSION}`)
  const isThere = await access(libraries).then(
    () => true,
    () => false,
  )
  if (isThere) return libraries
  await mkdir(CACHE, { recursive: true })
  const folder = await mkdtemp(join(CACHE, 'kafka-fetch-'))
  try {
    const pom = join(folder, 'pom.xml')
    await writeFile(pom, POM)
    const output = join(folder, 'libraries')
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'
    await run(maven, ['-q', '-B', '-f', pom, goal, '-DincludeScope=runtime', `-DoutputDirectory=${output}`])
    // Two runs may fetch at once; the later one finds the folder there.
    await rename(output, libraries).catch((error: unknown) => access(libraries).catch(() => Promise.reject(error)))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return libraries
}
