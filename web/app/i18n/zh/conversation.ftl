search = 搜索
list-search = 小组或姓名
list-none-found = 没有这个名称。
list-new = 新建小组
list-scan = 扫码加入
list-empty = 还没有小组。
list-empty-hint = 扫描同事的码，或与在场的人新建小组。
list-ask = <b>{ $from }</b>邀请您加入“{ $caucus }”
list-asks = <b>{ $from }</b>邀请您加入“{ $caucus }”。共有 { $count } 份邀请在等待。
list-ask-direct = <b>{ $from }</b>想与您单独交谈
list-asks-direct = <b>{ $from }</b>想与您单独交谈。共有 { $count } 份邀请在等待。
list-look = 查看
list-open-here = 在本会场公开
list-join = 加入
list-draft = 草稿：
list-you = 您：
list-name = { $name }：
list-nothing-said = 还没有人发言
list-invited = 已邀请{ $name }
list-gone = 您已不在其中
list-read = 已读
list-reached = 已送达
list-held = 暂缓
list-new-count =
    { $count ->
       *[other] { $count } 条新消息
    }
nothing-open = 没有打开的小组。
nothing-open-hint = 请在侧栏选择小组。按 Ctrl K 可按名称查找。
nothing-people = 没有选择人员。
nothing-people-hint = 请在侧栏选择一个人，给对方写消息或核实身份。
not-there = 这里没有此小组。
not-there-hint = 它不在本机上，或已不在。
gone-hint = 您已不在此小组中。此前的内容在这里仍可阅读。
you = 您
guest = 访客
muted = 免打扰
names-you = 提到了您
here = 在场
away = 不在
away-since = { $time } 起不在
here-of = 在场 { $here } 人，共 { $all } 人
here-label = 在场 { $here } 人，共 { $all } 人
invited-label =
    { $count ->
       *[other] 已邀请 { $count } 人
    }
only-you = 只有您
open-caucus = 公开
more = 更多
photo = 照片
photo-open = 照片。点按可看全图
photo-fetch = 取回全图，{ $size }
photo-away = 全图：{ $size }
file-part = { $have }，共 { $size }
file-coming = 正在接收
file-waiting = 有此文件的人都联系不上。会自动继续。
file-kept =
    { $count ->
       *[other] { $count } 人存有
    }
voice = 语音
file-save = 保存
file-fetch = 取回
record = 发言记录
older = 更早
begin-closed = 外人无从知道此小组的存在，也不知道里面有谁。
begin-open = 本会场人人都能找到并加入此小组。
unread-since =
    { $count ->
       *[other] { $time } 以来 { $count } 条新消息
    }
new-below =
    { $count ->
       *[other] 下方有 { $count } 条新消息
    }
to-end = 到最新
gap =
    { $count ->
       *[other] 有 { $count } 条较早的消息尚未到达。
    }
away-minutes = { $count ->
   *[other] 您离开了 { $count } 分钟
}
away-hours = { $count ->
   *[other] 您离开了 { $count } 小时
}
away-days = { $count ->
   *[other] 您离开了 { $count } 天
}
away-fetched = { $messages ->
   *[other] 取回了 { $messages } 条消息。
}
away-note = { $away }。{ $fetched }
waiting-key = 等待{ $name }的密钥
waiting-key-note = 等待{ $name }的密钥。会自动打开。
in-answer-to = 回复
quote-elsewhere = 未在此显示的消息
quote-not-here = 该消息不在本机上。
line-unknown = 此版本的 Couloir 无法显示这条消息。
line-unsigned = 这条消息自称记录在案，但发送者没有签名。
taken-back = 已收回
said-aloud = { $name }：{ $text }
show-all = 显示全文
receipt-saved = 已存于本机
receipt-waiting = 无人可联系，稍后发出
receipt-held = 重新核实{ $name }之前暂缓发送
receipt-reached = 已送达 { $reached } 人，共 { $of } 人
receipt-read = { $read } 人已读
entry-answer = 回复
entry-more = 表态、复制、更多
react = 用表情回应
emoji = 表情
write = 写消息
tools = 桌面和文件
send = 发送
send-later = 先保存，稍后发送
to-one = 发给{ $name }
to-many = 发给 { $all ->
       *[other] { $all } 人
    }，{ $here } 人在场
to-held = 暂缓发送：{ $name }
to-held-many = 暂缓发送：{ $name }和{ $others ->
       *[other] 另外 { $others } 人
    }
to-nobody = 还没有其他人在内
to-later = 保存到有人可联系时
guests-read =
    { $count ->
       *[other] <b>{ $names }</b>经访客链接同时在读
    }
guests-read-many =
    { $count ->
       *[other] <b>{ $names }</b>等 { $count } 人经访客链接同时在读
    }
readers = 谁可以阅读
menu-invite = 用码邀请
