palette-title = 前往
palette-field = 小组、人，或要做的事
palette-doing = 在这里做什么
palette-none = 这里没有这个名称。
palette-write = 写“{ $words }”
palette-count =
    { $count ->
       *[other] { $count } 个选项
    }
keys-title = 按键
keys-everywhere = 随处可用
keys-writing = 书写时
keys-reading = 在记录中
keys-palette = 前往任何地方
keys-caucuses = 上一个或下一个小组
keys-back = 返回或关闭
keys-cover = 遮住屏幕
keys-list = 此列表
keys-send = 发送
keys-line = 换行
keys-doing = 这里可以做什么
keys-entries = 上一条或下一条消息
