import { z } from 'zod'
import { defineConnector } from '../api/connector.ts'
import { stagedDiagnosis } from '../shared/staged-diagnosis.ts'
import { configSchema, type WebhookConfig } from './config.ts'
import { deliveriesOf } from './deliveries-file.ts'
import { webhookForm } from './form.ts'
import { webhookSession } from './session.ts'

const noOptions = z.strictObject({})

/** What other systems send to this server: signed, kept before it is acknowledged, each delivery once. */
export const webhook = defineConnector<WebhookConfig>({
  kind: 'webhook',
  title: { en: 'Webhook', zh: 'Webhook' },
  form: webhookForm,
  config: configSchema,
  secrets: ['secret'],
  source: noOptions,
  target: noOptions,
  open: async ({ config, baseDirectory }) => webhookSession(deliveriesOf(config, baseDirectory), config),
  diagnose: ({ config, baseDirectory, secret }) =>
    stagedDiagnosis({
      authentication: async () =>
        (await secret('secret')) === undefined ? 'there is no secret yet, so nothing is accepted' : 'there is a secret',
      read: async () => {
        using store = deliveriesOf(config, baseDirectory)
        return `${store.last()} deliveries so far`
      },
    }),
})
