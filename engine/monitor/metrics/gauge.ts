import { Gauge, type Registry } from 'prom-client'

/** A figure that goes up and down, by labels. */
export function gauge<Label extends string>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly Label[],
): Gauge<Label> {
  return new Gauge({ name, help, labelNames, registers: [registry] })
}
