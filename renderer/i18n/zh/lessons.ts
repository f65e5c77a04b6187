/** The training menu. What the lessons themselves say is the province's data. */
export const lessons = {
  lessons: {
    title: '练习场景',
    lead: '选一个场景，省平台立刻照它出故障；收银机照常用，看自己怎么处理。',
    playing: '正在进行',
    gone: '练习省平台没有答复 · 场景暂时换不了，请重新启动后再试',
    none: '没有故障',
    happens: '会发生什么',
    todo: '应该怎么做',
    start: '开始这个场景',
    end: '结束场景',
    page: '省平台自己的页面（老师看另一边）',
    'page-hint': '用本机浏览器打开：账本与往来报文',
  },
}
