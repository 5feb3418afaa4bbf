import 'monaco-editor/nls/lang/zh-cn'

export const language = 'zh'
