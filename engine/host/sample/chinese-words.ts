export const FAMILY_NAMES =
  '王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 欧阳 司马 诸葛 上官'.split(
    ' ',
  )

/** The last two need four bytes in GB18030: names people really have, which GBK cannot write. */
export const GIVEN_NAMES =
  '伟 芳 娜 秀英 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 文博 梓涵 子轩 思远 雨桐 浩然 若曦 䶮 㛃'.split(
    ' ',
  )

export const CITIES = [
  { city: '北京', region: '华北', areaCode: '010' },
  { city: '天津', region: '华北', areaCode: '022' },
  { city: '上海', region: '华东', areaCode: '021' },
  { city: '杭州', region: '华东', areaCode: '0571' },
  { city: '南京', region: '华东', areaCode: '025' },
  { city: '苏州', region: '华东', areaCode: '0512' },
  { city: '广州', region: '华南', areaCode: '020' },
  { city: '深圳', region: '华南', areaCode: '0755' },
  { city: '成都', region: '西南', areaCode: '028' },
  { city: '重庆', region: '西南', areaCode: '023' },
  { city: '武汉', region: '华中', areaCode: '027' },
  { city: '西安', region: '西北', areaCode: '029' },
  { city: '沈阳', region: '东北', areaCode: '024' },
] as const

export const CUSTOMER_LEVELS = ['普通', '银卡', '金卡', '钻石'] as const
export const CHANNELS = ['官网', '微信小程序', '天猫', '京东', '门店', '电话'] as const
export const STATUSES = ['已完成', '已发货', '待付款', '已取消', '退款中'] as const

export const CATEGORIES = [
  { category: '茶叶', goods: ['西湖龙井', '安溪铁观音', '云南普洱', '武夷岩茶'], unit: '盒', fromCents: 6_800 },
  { category: '家电', goods: ['电饭煲', '空气净化器', '扫地机器人', '电热水壶'], unit: '台', fromCents: 19_900 },
  { category: '服饰', goods: ['真丝围巾', '羽绒服', '亚麻衬衫', '棉布鞋'], unit: '件', fromCents: 8_900 },
  { category: '文具', goods: ['毛笔', '宣纸', '钢笔', '笔记本'], unit: '件', fromCents: 590 },
  { category: '零食', goods: ['坚果礼盒', '牛肉干', '桂花糕', '山楂条'], unit: '袋', fromCents: 1_290 },
  { category: '数码', goods: ['蓝牙耳机', '移动电源', '机械键盘', '智能手环'], unit: '个', fromCents: 9_900 },
] as const

/** Half of all orders have none. */
export const NOTES = [
  '尽快发货',
  '请开发票，抬头写公司名',
  '生日礼物，请包装',
  '放门口即可',
  '周末送货',
  '易碎，轻拿轻放',
  '客户说"包装要好看"',
  '第一行\n第二行',
  '　全角空格开头',
] as const
