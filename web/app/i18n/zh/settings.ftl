profile-name = 您的姓名
profile-name-missing = 请填写姓名，以便他人认出您。
profile-hint = 会场内的其他人会立即看到您的姓名和国家。
profile-save = 保存

set-change = { $land } · 点按可更改
set-reading = 阅读
set-language = 语言
set-text-size = 字号
set-percent = { $percent }%
set-appearance = 外观
set-theme-device = 随系统
set-theme-light = 浅色
set-theme-dark = 深色
set-alerts = 提醒
set-locked = 手机锁屏时收不到任何内容
set-locked-hint = 这里没有互联网可唤醒手机。打开 Couloir 即可取回新内容。
set-identity = 身份
set-move = 转移到另一台设备
set-move-hint = 保存加密文件，或显示一个码
set-backup = 备份
set-never-backed = 从未备份
set-never-backed-page = 从未备份。此浏览器可能会自行清除存储的内容
set-backed-up = 上次保存：{ $when }
set-locked-keys = 密钥已用您的口令锁定
set-locked-keys-hint = 他人拿到本机，没有口令什么也读不到。
set-open-keys = 密钥没有锁定
set-open-keys-hint = 谁打开本机，谁就能读到里面的内容。请锁定设备本身。
set-key = 您的密钥
set-key-hint = 他人会拿它与自己设备上显示的您的密钥核对。
set-about = 关于
set-kind-page = 此页面中的 Couloir，来自中继站
set-kind-tab = Couloir 正在此浏览器的另一个标签页中运行
set-kind-daemon = Couloir 正在这台电脑上运行
set-kind-file = Couloir 来自文件 couloir.html
set-guest-hint = 访客链接：管理此 Wi-Fi 的人可能改动页面。
set-file-hint = 请与随文件一起给出的校验词核对。
set-full-hint = 密钥在本机生成，只留在本机。
set-own-certificate-hint = 密钥只留在本机。如果页面的证书与中继站屏幕上的一致，就没有人改动过页面。
set-hub = 中继站“{ $name }”
set-hub-hint = { $url }
set-blocked = { $people ->
   *[other] 已屏蔽 { $people } 人
}
set-end = 结束
set-wipe = 清除本机数据
set-wipe-hint = 删除本机上的密钥、小组和照片。您发给他人的内容，他人仍会保留。此操作无法撤销，只有备份才能恢复。
set-wipe-key = 清除本机数据…

set-mail-hint = 用存储盘携带您和他人的密封邮件，到没有网络的地方
mail-title = 用文件传邮件
mail-hint = 您的设备携带您和他人的密封邮件，保留三天。把邮件存入文件，再把文件带到另一台设备，消息就会送达那里。文件中看不出姓名和小组。
mail-save = 保存文件
mail-saved = 已保存。请在另一台设备的这个位置选择它。
mail-held = { $envelopes ->
   *[other] 这里有 { $envelopes } 个密封信封，收件人不限。
}
mail-unsealed = { $messages ->
   *[other] 您有 { $messages } 条消息要等到有人可联系，暂时还不能放进文件。
}
mail-take = 从文件收取邮件
mail-busy = 正在读取…
mail-new = { $envelopes ->
    [0] 里面没有新内容。
   *[other] 收取了 { $envelopes } 个新信封。
}
mail-known = 已有的：{ $envelopes }。
mail-expired = 已过期的：{ $envelopes }。
mail-elsewhere = 属于其他会场的：{ $envelopes }。
mail-refused = 根本不是邮件的：{ $envelopes }。
mail-broken = 随后文件中断。请重新复制，再收取一次。
move-title = 转移您的身份
move-way = 方向
move-away = 到另一台设备
move-here = 从另一台设备
move-away-hint = 另一台设备也会成为您。他人要重新把它加入您的小组。如果本机不归您所有，请随后清除。
move-here-hint = 本机将成为文件或码所属的那个人。
move-passphrase = 口令
move-passphrase-hint = 它会锁定文件或码。四个互不相关的词就很好。
move-again = 再输入一次
move-short = 至少 8 个字符。
move-differs = 两次输入不一致。
move-save = 保存文件
move-file-hint = 您是谁、您认识谁，以及可供阅读的发言记录。
move-show = 显示码
move-code-hint = 只有您是谁，别无其他。
move-locking = 正在锁定
move-saved = 已保存。请在另一台设备上用口令打开。
move-qr = 您的身份码，已用口令锁定
move-scan = 用另一台设备的相机扫描，并在那里输入口令。
move-to-lock = 带到此中继站的带锁页面
move-hide = 隐藏码
move-choose = 选择文件
move-link = 或粘贴链接
move-its-passphrase = 它的口令
move-no-file = 请选择身份文件，或粘贴含有“move=”的链接。
move-replaces = 它会取代这里现有的内容
move-replaces-hint = 本机上的密钥、小组和记录都会删除。如果以后还要，请先保存。
move-take = 取回身份
move-taking = 正在解锁

wipe-title = 要清除本机数据吗？
wipe-gone = 以下内容会立即从本机消失：您的密钥、{ $caucuses }、{ $messages }、{ $files }。
wipe-gone-all = 以下内容会立即从本机消失：您的密钥、小组、消息和照片。
wipe-caucuses = { $count ->
   *[other] { $count } 个小组
}
wipe-messages = { $count ->
   *[other] { $count } 条消息
}
wipe-files = { $count ->
   *[other] { $count } 份照片和文件
}
wipe-stays = 他人从您那里收到的内容仍归他人保留。删除的文件有时能从磁盘上恢复，但它的密钥不能。
wipe-no-backup = 尚无备份
wipe-no-backup-hint = 没有备份，谁也无法把这个身份还给您。
wipe-backed-up = 备份于 { $when }
wipe-backed-up-hint = 此后的内容不在备份中。
wipe-type = 输入“{ $word }”以继续
wipe-word = 清除
wipe-backup = 先备份
wipe-now = 立即清除
wipe-wiping = 正在清除
wipe-done = 已清除
wipe-done-hint = 这里已没有您的任何内容。
wipe-done-daemon = 这里已没有您的任何内容。这台电脑上的 Couloir 已停止；请在它的终端里重新启动。
wipe-begin = 重新开始
wipe-failed = 未能全部删除。请关闭 Couloir 的其他标签页，然后再试。

set-devices-hint = 查看、增加或移除
