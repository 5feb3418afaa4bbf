import type { FieldText } from '../../contract/settings-form.ts'
import type { ConnectorForm } from '../api/form.ts'

const metadata: FieldText = {
  titles: { en: 'Message columns', zh: '消息列' },
  descriptions: {
    en: 'Columns for topic, partition, offset, time, key and headers of each message.',
    zh: '每条消息的主题、分区、偏移量、时间、键和消息头各成一列。',
  },
}

const formats: NonNullable<FieldText['enumTitles']> = {
  auto: { en: 'Find out', zh: '自动识别' },
  json: { en: 'JSON records', zh: 'JSON 记录' },
  avro: { en: 'Avro records', zh: 'Avro 记录' },
  debezium: { en: 'Debezium changes', zh: 'Debezium 变更' },
  raw: { en: 'As they are', zh: '原样' },
}

/** What forms say about the settings and options. */
export const kafkaForm: ConnectorForm = {
  group: 'queue',
  config: {
    brokers: {
      titles: { en: 'Brokers', zh: 'Broker 地址' },
      descriptions: {
        en: 'host:port of some of them; the others are found.',
        zh: '部分 broker 的 主机:端口，其余会自动发现。',
      },
    },
    tls: {
      titles: { en: 'Encryption (TLS)', zh: '加密（TLS）' },
      descriptions: { en: 'How the connection is protected.', zh: '连接的保护方式。' },
      enumTitles: {
        verify: { en: 'Verify certificate and host name', zh: '验证证书和主机名' },
        require: { en: 'Encrypt without verifying', zh: '加密但不验证' },
        off: { en: 'No encryption', zh: '不加密' },
      },
    },
    login: {
      titles: { en: 'Login (SASL)', zh: '登录方式（SASL）' },
      descriptions: { en: 'How the brokers know who connects.', zh: 'broker 识别连接者的方式。' },
      enumTitles: {
        none: { en: 'None', zh: '无' },
        plain: { en: 'PLAIN', zh: 'PLAIN' },
        'scram-sha-256': { en: 'SCRAM-SHA-256', zh: 'SCRAM-SHA-256' },
        'scram-sha-512': { en: 'SCRAM-SHA-512', zh: 'SCRAM-SHA-512' },
      },
    },
    user: {
      titles: { en: 'User', zh: '用户' },
      descriptions: { en: 'The account to connect as.', zh: '用于连接的账户。' },
    },
    registry: {
      titles: { en: 'Schema registry', zh: '模式注册中心' },
      descriptions: {
        en: 'Address of a registry with Confluent’s HTTP interface, for Avro.',
        zh: '提供 Confluent HTTP 接口的注册中心地址，用于 Avro。',
      },
    },
    registryUser: {
      titles: { en: 'Registry user', zh: '注册中心用户' },
      descriptions: { en: 'The account at the registry, if it asks for one.', zh: '注册中心要求登录时使用的账户。' },
    },
    format: {
      titles: { en: 'Values', zh: '消息内容' },
      descriptions: {
        en: 'What values are where a source node or a sync does not say it.',
        zh: '源节点或同步未指定时，消息内容的格式。',
      },
      enumTitles: formats,
    },
    connectTimeoutMs: {
      titles: { en: 'Connect timeout (ms)', zh: '连接超时（毫秒）' },
      descriptions: { en: 'How long to wait for a broker to answer.', zh: '等待 broker 响应的时间。' },
    },
    patienceMs: {
      titles: { en: 'Patience (ms)', zh: '等待时间（毫秒）' },
      descriptions: {
        en: 'How long brokers that are gone are waited for before a read or load fails.',
        zh: 'broker 不可用时，读取或写入失败前的等待时间。',
      },
    },
    deadLetterTopic: {
      titles: { en: 'Dead-letter topic', zh: '死信主题' },
      descriptions: {
        en: 'Gets a copy of every message that a sync could not read, with the reason and the place in its headers.',
        zh: '同步无法读取的消息会复制到此主题，原因与位置写在消息头中。',
      },
    },
  },
  secrets: {
    password: {
      titles: { en: 'Password', zh: '密码' },
      descriptions: { en: 'Kept in the secret store, never in the file.', zh: '保存在密钥库中，不写入文件。' },
      isRequired: false,
    },
    registryPassword: {
      titles: { en: 'Registry password', zh: '注册中心密码' },
      descriptions: { en: 'Kept in the secret store, never in the file.', zh: '保存在密钥库中，不写入文件。' },
      isRequired: false,
    },
  },
  source: {
    format: {
      titles: { en: 'Values', zh: '消息内容' },
      descriptions: {
        en: 'What values are; a sample is looked at unless it is said.',
        zh: '消息内容的格式；未指定时按样本识别。',
      },
      enumTitles: formats,
    },
    metadata,
    since: {
      titles: { en: 'Since', zh: '起始时间' },
      descriptions: {
        en: 'Only messages of this time or later, with zone.',
        zh: '仅读取此时间（含时区）及之后的消息。',
      },
    },
    until: {
      titles: { en: 'Until', zh: '截止时间' },
      descriptions: { en: 'Only messages before this time, with zone.', zh: '仅读取此时间（含时区）之前的消息。' },
    },
    fromOffsets: {
      titles: { en: 'From offsets', zh: '起始偏移量' },
      descriptions: {
        en: 'First offset by partition; others from their beginning.',
        zh: '各分区的起始偏移量；其余从头开始。',
      },
    },
    toOffsets: {
      titles: { en: 'To offsets', zh: '结束偏移量' },
      descriptions: {
        en: 'Offset to stop before, by partition; others to their end.',
        zh: '各分区读到此偏移量之前；其余读到末尾。',
      },
    },
  },
  target: {
    format: {
      titles: { en: 'Values', zh: '消息内容' },
      descriptions: {
        en: 'Rows as JSON, or as changes in Debezium’s form. Loads with keys are changes unless it is said.',
        zh: '以 JSON 写入行，或以 Debezium 格式写入变更。带键的写入默认为变更。',
      },
      enumTitles: {
        auto: { en: 'By the load', zh: '视写入方式而定' },
        json: { en: 'JSON records', zh: 'JSON 记录' },
        debezium: { en: 'Debezium changes', zh: 'Debezium 变更' },
      },
    },
    keyColumns: {
      titles: { en: 'Key columns', zh: '键列' },
      descriptions: {
        en: 'Make the key of a message, which chooses its partition.',
        zh: '构成消息键，并决定消息所在分区。',
      },
    },
    partitions: {
      titles: { en: 'Partitions', zh: '分区数' },
      descriptions: { en: 'Of a topic that is made.', zh: '新建主题时的分区数。' },
    },
    replicas: {
      titles: { en: 'Replicas', zh: '副本数' },
      descriptions: { en: 'Of a topic that is made.', zh: '新建主题时的副本数。' },
    },
  },
}
