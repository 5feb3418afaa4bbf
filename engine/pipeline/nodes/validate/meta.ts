import { field, inputField, type NodeMeta, oneInputPort, rejectsTitle, said } from '../../node-meta.ts'

export const validateMeta: NodeMeta = {
  title: said('Validate', '校验'),
  description: said(
    'Checks every row by rules; what breaks one is rejected.',
    '按规则检查每一行；违反规则的行被拒绝。',
  ),
  inputs: oneInputPort,
  outputs: {
    out: said('Output', '输出'),
    valid: said('Valid', '通过'),
    rejects: rejectsTitle,
    warnings: said('Warnings', '警告'),
  },
  fields: {
    ...inputField,
    rules: field(['Rules', '规则'], ['What must hold.', '必须满足的规则。']),
    'rules.name': field(['Name', '名称'], ['What rejects are labelled with.', '拒绝行上标注的名称。']),
    'rules.severity': field(['Severity', '严重程度'], ['What breaking it means.', '违反时如何处理。'], {
      error: ['Reject the row', '拒绝该行'],
      warning: ['Keep and warn', '保留并警告'],
    }),
    'rules.check': field(['Check', '检查'], ['What is checked.', '检查的内容。'], {
      not_null: ['Has a value', '非空值'],
      not_blank: ['Is not blank', '非空白'],
      accepted: ['One of a list', '取值列表'],
      range: ['Within a range', '数值范围'],
      length: ['Length', '长度'],
      regex: ['Regular expression', '正则表达式'],
      pattern: ['Form', '格式'],
      type: ['Type', '类型'],
      semantic: ['Meaning', '语义'],
      unique: ['Unique', '唯一'],
      functional_dependency: ['Decided by', '由其他列决定'],
      expression: ['Expression', '表达式'],
    }),
    'rules.column': field(['Column', '列'], ['The column that is checked.', '被检查的列。']),
    'rules.columns': field(['Columns', '列'], ['Together they must be unique.', '这些列的组合必须唯一。']),
    'rules.values': field(['Values', '取值'], ['The values that are accepted.', '允许的取值。']),
    'rules.min': field(['At least', '最小'], ['The smallest that passes.', '允许的最小值。']),
    'rules.max': field(['At most', '最大'], ['The largest that passes.', '允许的最大值。']),
    'rules.pattern': field(
      ['Pattern', '模式'],
      ['The whole text must match: RE2, or a form such as AA-9999.', '整个文本必须匹配：RE2，或如 AA-9999 的格式。'],
    ),
    'rules.by': field(['By', '决定列'], ['Columns that decide the value.', '决定该值的列。']),
    'rules.type': field(['Type', '类型'], ['The text must be castable to it.', '文本必须能转换为此类型。']),
    'rules.expr': field(['Expression', '表达式'], ['Must be true or NULL.', '必须为真或空值。']),
  },
  initial: { rules: [] },
}
