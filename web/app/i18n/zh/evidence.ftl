answer-not = 取消回复
say-on-record = 记录在案发言
entry-copy = 复制文字
entry-receipts = 送达了谁
entry-person = 这是谁
copied = 已复制。
copied-not = 此浏览器不允许页面复制。请手动选中文字。

also-read = { $names }当时可以阅读
also-read-hint = 发出时，发送者还不知道已有人被移除。
also-read-device = 还可在以下设备上阅读：{ $devices }
also-read-device-hint = 发出时，发送者还不知道设备已丢失。
lost-device-of = { $name }丢失的设备
lost-device-own = 您丢失的设备
lost-device-named = 您丢失的设备“{ $device }”
granted-before = 您加入之前的内容
granted-now = 您在此时加入
granted-hint = 邀请允许您阅读这些内容。由当时在场的人转到本机。
record-by = 记录在案：由{ $name }用自己的密钥签名
record-by-own = 记录在案：由您用自己的密钥签名
record-by-hint = 证据，任何人都可永久查验和引用。
record-words = 您的发言
record-for-ever = 永久的证据
record-for-ever-hint = 它用您自己的密钥签名。谁得到它，谁就能向任何人（包括小组之外的人）证明您原原本本说过这些话。无法收回。
record-sign = 签名并发言
record-save = 保存证据
record-save-hint = 证明是谁、在何时、说了什么
pin-put = 为所有人置顶
pin-take = 取消置顶
pin-on-own = 您置顶了“{ $words }”
pin-on-other = { $name }置顶了“{ $words }”
pin-off-own = 您取消了“{ $words }”的置顶
pin-off-other = { $name }取消了“{ $words }”的置顶
pin-unknown = 未在此显示的消息
pinned-title = 置顶
pinned-none = 已没有置顶的内容。
pinned-count =
    { $count ->
       *[other] { $count } 条置顶
    }
pinned-by = { $name }置顶，{ $time }
pinned-by-you = 您置顶，{ $time }
