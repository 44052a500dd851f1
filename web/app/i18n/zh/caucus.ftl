new-title = 新建小组
new-name = 名称
new-name-missing = 请填写名称。
new-who-finds = 谁能找到它
new-closed = 不公开
new-open-to-all = 公开
new-closed-hint = 外人无从知道它的存在，也不知道里面有谁。
new-open-hint = 会场内人人都能看到它的名称并加入。
new-people = 人员
new-chosen = { $people ->
    [0] 未选择
   *[other] 已选 { $people } 人
}
new-gets-later = { $presence }。回来后会收到
new-guest-link = { $presence } · 访客链接
new-nobody = 这里还没有人出现。先建小组，再出示它的码。
new-show-code = 显示码
new-open = { $people ->
    [0] 建立
   *[other] 与 { $people } 人建立
}
new-guests = { $guests ->
   *[other] 其中有 { $guests } 位访客
}
new-guests-hint = 访客的页面是经此 Wi-Fi 传来的，没有保护。有访客在内，管理此 Wi-Fi 的人就能读到小组内容。
guest-question = 对方使用访客链接
new-without-guests = 不包括访客
new-with-guests = 仍然建立

invite-title = 邀请加入“{ $caucus }”
invite-for = 给谁
invite-one = 一个人
invite-several = 最多 10 人
invite-poster = 海报
invite-one-hint = 一小时内有效，限用一次。
invite-several-hint = 12 小时内有效，限用十次。
invite-making = 正在生成邀请码
invite-failed = 这里无法生成邀请码。
invite-qr = 供手机相机扫描的码
invite-scan = 用手机相机扫描，或把链接转给对方：
invite-scan-code = 不知道任何中继站的地址，因此这只是邀请码本身。请在 Couloir 中扫描，或转给对方：
invite-ends-today = { $time } 失效
invite-ends = { $day } { $time } 失效
invite-copy-link = 复制链接
invite-copy-code = 复制此码
invite-link = 链接
invite-code = 邀请码
invite-copied = 已复制
invite-not-copied = 请选中文字后复制
invite-guests = 用手机打开链接的人是访客。不公开的小组里有访客，管理此 Wi-Fi 的人就能读到内容。

code-title = 用链接或邀请码加入
code-brought = 您打开了一份邀请。请加入以接受它。
code-field = 链接或邀请码
code-field-hint = 粘贴同事转给您的内容。它以 http 或 couloir: 开头
code-scan-hint = 或拍下邀请码：
code-reading = 正在识别照片
code-none = 照片里没有找到码。请靠近一些，端正拍摄。
code-join = 加入
code-joining = 正在请求成员

ask-title = 邀请
ask-gone = 此邀请已经失效。
ask-unknown = 尚未在这里出现过
ask-facts = { $members ->
   *[other] 组内有 { $members } 人。{ $time } 收到。
}
ask-facts-direct = 只有您和对方两人的对话。{ $time } 收到。
ask-accept = 接受
ask-accepting = 正在请求加入
ask-decline = 谢绝
ask-decline-hint = 您若谢绝，{ $name }不会得到通知。
ask-more = { $others ->
   *[other] 还有 { $others } 份邀请在等待。
}

guest-link = 访客链接
photo-too-large = 图片太大，本机无法显示。可以保存。
photo-unreadable = 这不是可以显示的图片。可以保存。
waiting-key-short = 等待对方的密钥
receipt-nobody = 还没有人收到。
receipt-person-read = 已读
receipt-person-reached = 已送达
receipt-person-not = 尚未送达
readers-count =
    { $count ->
       *[other] { $count } 人
    }
member-invited = 已邀请，尚未加入
member-asks = 请求加入
member-admin = 管理员
member-admit = 准许加入
menu-invite-hint = 向还没到的人出示码和链接
menu-alerts = 突出显示
menu-alerts-all = 全部
menu-alerts-mentions = 提到我
menu-alerts-none = 无
menu-alerts-all-hint = 其中的一切发言
menu-alerts-mentions-hint = 用 @ 提到您的发言，以及呼叫
menu-alerts-none-hint = 无：不突出显示，呼叫也不响
name-choice = 提到某人
name-choice-count = 可提到 { $count } 人
menu-leave = 退出此小组
menu-leave-sure = 其他人会看到您已退出。此前的内容在这里仍可阅读。
