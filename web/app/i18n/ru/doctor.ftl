doctor-looking = Осматриваемся
doctor-well = В этой сети всё хорошо
doctor-clock = Этот компьютер думает, что сейчас { $year } год
doctor-clock-next = Переведите его часы: сообщения, которые кажутся слишком старыми или слишком новыми, отбрасываются.
doctor-clock-behind = Часы этого компьютера отстают на { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
    [many] { $minutes } минут
   *[other] { $minutes } минуты
} от часов { $others ->
    [one] { $others } соседа
    [few] { $others } соседей
    [many] { $others } соседей
   *[other] { $others } соседа
}
doctor-clock-behind-next = Переведите их: сообщения, которые кажутся слишком старыми или слишком новыми, отбрасываются.
doctor-clock-ahead = Часы этого компьютера спешат на { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
    [many] { $minutes } минут
   *[other] { $minutes } минуты
} по сравнению с часами { $others ->
    [one] { $others } соседа
    [few] { $others } соседей
    [many] { $others } соседей
   *[other] { $others } соседа
}
doctor-clock-ahead-next = Переведите их: сообщения, которые кажутся слишком старыми или слишком новыми, отбрасываются.
doctor-clock-differs = Часы этого компьютера и соседнего расходятся на { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
    [many] { $minutes } минут
   *[other] { $minutes } минуты
}
doctor-clock-differs-next = Сверьте те и другие с наручными и переведите неверные.
doctor-no-address = Этот компьютер не в сети
doctor-no-address-next = Подключитесь к Wi-Fi площадки или вставьте кабель.
doctor-self-assigned = Сеть не дала этому компьютеру адреса
doctor-self-assigned-next = Он придумал адрес сам, и по нему мало кто доступен. Отключитесь от Wi-Fi и подключитесь снова.
doctor-vpn = Похоже, включён VPN ({ $names })
doctor-vpn-next = Многие VPN отделяют компьютер от соседей. Если кого-то не хватает, выключите его.
doctor-public-address = Эта сеть раздаёт публичные адреса. Такие сети часто разделяют пользователей
doctor-no-gateway = Эта сеть никуда больше не ведёт (нет шлюза)
doctor-no-gateway-next = Компьютеры работают. Браузеры без шлюза не находят друг друга: пусть идут через узел.
doctor-portal = Эта сеть Wi-Fi сначала просит войти
doctor-portal-next = Откройте её страницу в браузере: { $gateway } приведёт вас туда.
doctor-isolation = Эта сеть разделяет пользователей
doctor-isolation-next = { $by } связывается с { $hosts }, а этот компьютер — нет. Написанное идёт через { $by }. Поставьте второй компьютер на кабеле, чтобы путь был не один.
doctor-multicast-unsent = Этот компьютер не смог спросить вокруг
doctor-multicast-unsent-next = Возможно, мешает брандмауэр или VPN. Разрешите Couloir или введите адрес.
doctor-multicast-filtered = Эта сеть отсеивает то, по чему находят других
doctor-multicast-filtered-next = { $others ->
    [one] { $others } сосед доступен по адресу, но ни разу не слышен.
    [few] { $others } соседа доступны по адресу, но ни разу не слышны.
    [many] { $others } соседей доступны по адресу, но ни разу не слышны.
   *[other] { $others } соседа доступны по адресу, но ни разу не слышны.
} Давайте новым людям код ниже.
doctor-multicast-off = Этой службе велено никого не искать самой
doctor-multicast-silent = Этот компьютер спросил вокруг, но никто не ответил
doctor-multicast-silent-next = Если другие здесь, введите адрес или код с одного из их экранов.
doctor-firewall = Никто не может подключиться к этому компьютеру
doctor-firewall-next = { $others ->
    [one] { $others } сосед пытался напрасно.
    [few] { $others } соседа пытались напрасно.
    [many] { $others } соседей пытались напрасно.
   *[other] { $others } соседа пытались напрасно.
} Пусть его брандмауэр принимает входящие соединения для Couloir. Исходящие работают.
doctor-not-listening = Couloir здесь не слушает ни одного адреса
doctor-not-listening-next = Запустите его снова, когда этот компьютер будет в сети.
doctor-venue-differs = У других здесь эта площадка поделена иначе
doctor-venue-differs-next = Сказанное в некоторых группах между вами не проходит. Возьмите код площадки у узла.
doctor-venue-others-differ = У кого-то здесь эта площадка поделена иначе, чем у вас и у большинства
doctor-venue-key-missing = У этой площадки есть ключ, а у этого компьютера его нет
doctor-venue-key-missing-next = Вместе со всеми чужими он получает десятую часть внимания других. Отсканируйте QR-код узла.
doctor-venue-key-some = Кто-то здесь говорит, что у этой площадки есть ключ. У большинства его нет, как и у вас
doctor-venue-key-differs = У других здесь другой ключ этой площадки
doctor-venue-key-differs-next = Вы друг для друга чужие. Возьмите код площадки у узла.
doctor-venue-key-others = У кого-то здесь другой ключ этой площадки, чем у вас и у большинства
