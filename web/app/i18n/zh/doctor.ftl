doctor-looking = 正在查看周围
doctor-well = 此网络一切正常
doctor-clock = 这台电脑以为现在是 { $year } 年
doctor-clock-next = 请校正时钟：时间显得过早或过晚的消息会被丢弃。
doctor-clock-behind = 这台电脑的时钟比{ $others ->
   *[other] 另外 { $others } 台
}慢 { $minutes ->
   *[other] { $minutes } 分钟
}
doctor-clock-behind-next = 请校正：时间显得过早或过晚的消息会被丢弃。
doctor-clock-ahead = 这台电脑的时钟比{ $others ->
   *[other] 另外 { $others } 台
}快 { $minutes ->
   *[other] { $minutes } 分钟
}
doctor-clock-ahead-next = 请校正：时间显得过早或过晚的消息会被丢弃。
doctor-clock-differs = 这台电脑的时钟与一台邻机相差 { $minutes ->
   *[other] { $minutes } 分钟
}
doctor-clock-differs-next = 请用手表对照两者，校正有误的那个。
doctor-no-address = 这台电脑没有连接任何网络
doctor-no-address-next = 请连接会场的 Wi-Fi，或插上网线。
doctor-self-assigned = 网络没有给这台电脑分配地址
doctor-self-assigned-next = 电脑自拟了一个地址，能联系的人很少。请断开 Wi-Fi 后重新连接。
doctor-vpn = VPN 似乎开着（{ $names }）
doctor-vpn-next = 许多 VPN 会把电脑与邻机隔开。如果有人联系不上，请关闭它。
doctor-public-address = 此网络分配公网地址。这类网络常把用户彼此隔离
doctor-no-gateway = 此网络不通往别处（没有网关）
doctor-no-gateway-next = 电脑可以使用。没有网关，浏览器找不到彼此：请让浏览器使用中继站。
doctor-portal = 此 Wi-Fi 要求先登录
doctor-portal-next = 请在浏览器中打开它的页面：{ $gateway } 会转到那里。
doctor-isolation = 此网络将用户彼此隔离
doctor-isolation-next = { $by } 能联系 { $hosts }，这台电脑不能。您写的内容要经过 { $by }。请另备一台用网线连接的电脑，以免只有这一条路。
doctor-multicast-unsent = 这台电脑无法向周围询问
doctor-multicast-unsent-next = 可能被防火墙或 VPN 禁止。请允许 Couloir，或输入地址。
doctor-multicast-filtered = 此网络过滤了用来寻找他人的信号
doctor-multicast-filtered-next = { $others ->
   *[other] 有 { $others } 台邻机可按地址联系，却从未收到其信号。
}请把下面的代码给新来的人。
doctor-multicast-off = 此后台程序被设为不主动寻找任何人
doctor-multicast-silent = 这台电脑向周围询问，无人应答
doctor-multicast-silent-next = 如果这里有其他人，请输入其中一台屏幕上显示的地址或代码。
doctor-firewall = 谁也无法连接到这台电脑
doctor-firewall-next = { $others ->
   *[other] 有 { $others } 台邻机尝试未果。
}请让它的防火墙准许 Couloir 的传入连接。向外的连接正常。
doctor-not-listening = Couloir 在这里没有监听任何地址
doctor-not-listening-next = 请在这台电脑接入网络后重新启动它。
doctor-venue-differs = 这里其他人对本会场的划分不同
doctor-venue-differs-next = 某些小组的内容无法在你们之间传递。请从中继站获取会场码。
doctor-venue-others-differ = 这里有人对本会场的划分与您和大多数人不同
doctor-venue-key-missing = 本会场有密钥，而这台电脑没有
doctor-venue-key-missing-next = 它与所有陌生人合起来只得到其他人十分之一的处理能力。请扫描中继站的二维码。
doctor-venue-key-some = 这里有人称本会场有密钥，而大多数人和您一样没有
doctor-venue-key-differs = 这里其他人持有本会场的另一个密钥
doctor-venue-key-differs-next = 你们互相视为陌生人。请从中继站获取会场码。
doctor-venue-key-others = 这里有人持有的本会场密钥与您和大多数人不同
