conn-title = 连接
conn-both = 您可联系 { $people ->
   *[other] { $people } 人
}：经中继站 { $far } 人，直连 { $direct } 人。
conn-hub = 您经中继站可联系 { $people ->
   *[other] { $people } 人
}。
conn-direct = 您直连可联系 { $people ->
   *[other] { $people } 人
}。
conn-mesh = 您经他人转递可联系 { $people ->
   *[other] { $people } 人
}。
conn-alone = 您已连接，这里还没有其他人。
conn-none = 无人可联系。
conn-map-hub = 中继站
conn-map-direct = 直连 { $people } 人
conn-map-by-hub = 经中继站 { $people } 人
conn-map-through = 经他人 { $people } 人
conn-offline = 本机没有网络
conn-offline-hint = 请连接会场的 Wi-Fi。您写的内容已保存，届时发出。
conn-no-hub = 不知道任何中继站
conn-no-hub-hint = 扫描同事的码，或输入中继站屏幕上的地址。
conn-hub-away = 中继站没有应答
conn-hub-away-hint = { $url }。您是否连着它的 Wi-Fi？VPN 或移动数据可能使它无法访问：请暂停使用。会自动重试。
conn-hub-away-named = “{ $name }”，{ $url }。您是否连着它的 Wi-Fi？VPN 或移动数据可能使它无法访问。会自动重试。
conn-hub-away-own = { $url }。您是否连着它的 Wi-Fi？如果连着，中继站可能换了证书：请重新加载此页面，并再次核对 SHA-256。
conn-nobody-here = 这里还没有其他人
conn-nobody-here-hint = 线路已通。其他人一打开 Couloir 就会出现。
conn-no-direct = 此 Wi-Fi 将设备彼此隔离
conn-no-direct-hint = 设备在这里不能互相直连，由中继站代为转递。无需操作。
conn-daemon-away = 这台电脑上的 Couloir 没有应答
conn-daemon-away-hint = 请在它的终端里重新启动。此页面会自动找到它。
conn-hub-connected = 中继站有应答
conn-hub-connected-hint = { $url }。它转递密封邮件，只有小组成员能读。
conn-hub-connected-named = “{ $name }”，{ $url }。它转递密封邮件，只有小组成员能读。
conn-hub-trying = 正在询问中继站
conn-hub-trying-hint = { $url }
conn-hub-trying-named = “{ $name }”，{ $url }
conn-direct-links = { $links ->
   *[other] { $links } 条直连线路
}
conn-direct-links-hint = 中继站断开后仍可继续。
conn-guest = 这是访客链接
conn-guest-hint = 页面是经此 Wi-Fi 传来的，没有保护，管理此 Wi-Fi 的人可能改动它。笔记本电脑使用 couloir.html 或自己的 Couloir，就没有这个漏洞。
conn-hub-code = 其他人在这里打开 Couloir
conn-own-code = 其他人在这里联系您
conn-short-code = 或念出这个代码：
secure-way = 此中继站还有一个带锁的页面
secure-way-hint = 证书由中继站自己签发，所以浏览器会发出警告。只有当证书详情中的 SHA-256 与中继站屏幕上的一致时才继续。在那里可以录音，也能收到通知。它有自己的存储：请用文件或码把身份带过去。iPhone 在那里可能无法连接。
secure-port = 其他人在这里可以打开带锁的页面
secure-port-hint = 在那里，手机可以录音，也能收到通知。浏览器会发出警告，因为证书由中继站自己签发：如果证书详情显示的是这个 SHA-256，中间就没有别人。该页面有自己的存储，身份可用文件或码转移过去。iPhone 在那里可能无法连接。
conn-file = 单个文件的 Couloir
conn-file-hint = couloir.html 存在笔记本电脑上，就不会被 Wi-Fi 改动。如果从别处得到它的人念出同样的词，您手中的就是真本：
conn-file-save = 保存 couloir.html
conn-locked = 手机锁屏时收不到任何内容
conn-locked-hint = 打开此页面，取回期间的内容。
conn-scan = 扫码
conn-type = 输入地址
conn-again = 重新检查
conn-address = 中继站的地址
conn-address-hint = 如其屏幕所示，例如 192.168.8.20:4700，或代码 G82-J29-ED2
conn-no-address = 这不是地址，或有字符写错。地址形如 192.168.8.20:4700 或 G82-J29-ED2。
conn-dial = 连接
conn-dialling = 正在询问
