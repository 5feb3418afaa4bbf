import type { Phrases } from './phrase.ts'

/** What is said of XML documents: why one is refused (the first part by its parser), why a record is. */
export const XML: Phrases = [
  ['disallowed character in attribute name', '属性名中含有不允许的字符'],
  ['disallowed character in closing tag', '结束标签中含有不允许的字符'],
  ['disallowed character in entity name', '实体名中含有不允许的字符'],
  ['disallowed character in processing instruction name', '处理指令名中含有不允许的字符'],
  ['disallowed character in tag name', '标签名中含有不允许的字符'],
  ['disallowed character', '含有不允许的字符'],
  ['an XML declaration must be at the start of the document', 'XML 声明必须位于文档开头'],
  ['the XML declaration must appear at the start of the document', 'XML 声明必须位于文档开头'],
  ['XML declaration is incomplete', 'XML 声明不完整'],
  ['XML declaration must contain a version', 'XML 声明必须包含版本'],
  ['attribute without value', '属性没有值'],
  ['document must contain a root element', '文档必须有根元素'],
  ['documents may contain only one root', '文档只能有一个根元素'],
  ['empty entity name', '实体名为空'],
  ['forward-slash in opening tag not followed by >', '开始标签中的斜杠后面没有 >'],
  ['inappropriately located doctype declaration', '文档类型声明的位置不对'],
  ['malformed character entity', '字符引用格式不正确'],
  ['malformed comment', '注释格式不正确'],
  ['no whitespace between attributes', '属性之间没有空白'],
  ['text data outside of root node', '根元素之外有文本'],
  ['undefined entity', '未定义的实体'],
  ['unexpected close tag', '意外的结束标签'],
  ['unexpected end', '文档意外结束'],
  ['unquoted attribute value', '属性值没有加引号'],
  ['duplicate attribute: {name}', '属性重复：{name}'],
  ['malformed name: {name}', '名称格式不正确：{name}'],
  ['unbound namespace prefix: {name}', '命名空间前缀未声明：{name}'],
  ['unclosed tag: {name}', '标签没有闭合：{name}'],
  ['unmatched closing tag: {name}', '没有对应开始标签的结束标签：{name}'],
  ['it defines entities', '它定义了实体'],
  ['{files}: empty, no element at {path}', '{files}：为空，没有位于 {path} 的元素'],
  [
    'the records have more than {limit} fields: give the path of smaller ones',
    '记录的字段超过 {limit} 个：请指定更小的记录的路径',
  ],
  ['no record that was sampled has the field {name}', '抽样的记录中都没有字段 {name}'],
  ['the element stands {count} times, which is no {type}', '该元素出现了 {count} 次，不是 {type}'],
  ['the field {name} is not in {type}', '{type} 中没有字段 {name}'],
  ['lists and structs are not written to XML; take them apart before', 'XML 目标不写入列表和结构，请先拆开'],
]

/** What stands in the place of `{what}`. */
export const XML_PARTS: Phrases = [
  ['the text', '文本'],
  ['an element with attributes or children', '含有属性或子元素的元素'],
]
