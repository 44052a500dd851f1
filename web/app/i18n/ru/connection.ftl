conn-title = Связь
conn-both = С вами на связи { $people ->
    [one] { $people } человек
    [few] { $people } человека
    [many] { $people } человек
   *[other] { $people } человека
}: через узел { $far }, напрямую { $direct }.
conn-hub = Через узел с вами на связи { $people ->
    [one] { $people } человек
    [few] { $people } человека
    [many] { $people } человек
   *[other] { $people } человека
}.
conn-direct = Напрямую с вами на связи { $people ->
    [one] { $people } человек
    [few] { $people } человека
    [many] { $people } человек
   *[other] { $people } человека
}.
conn-mesh = Через других с вами на связи { $people ->
    [one] { $people } человек
    [few] { $people } человека
    [many] { $people } человек
   *[other] { $people } человека
}.
conn-alone = Связь есть, но больше здесь пока никого нет.
conn-none = Никого на связи.
conn-map-hub = Узел
conn-map-direct = напрямую { $people }
conn-map-by-hub = через узел { $people }
conn-map-through = через других { $people }
conn-offline = У этого устройства нет сети
conn-offline-hint = Подключитесь к Wi-Fi площадки. Написанное хранится и уйдёт тогда.
conn-no-hub = Ни один узел не известен
conn-no-hub-hint = Отсканируйте код коллеги или введите адрес, который узел показывает на экране.
conn-hub-away = Узел не отвечает
conn-hub-away-hint = { $url }. Вы в его сети Wi-Fi? Его могут скрывать VPN или мобильные данные: приостановите их. Попытка повторится сама.
conn-hub-away-named = «{ $name }», { $url }. Вы в его сети Wi-Fi? Его могут скрывать VPN или мобильные данные. Попытка повторится сама.
conn-nobody-here = Больше здесь пока никого нет
conn-nobody-here-hint = Путь открыт. Другие появятся, как только откроют Couloir.
conn-no-direct = Эта сеть Wi-Fi разделяет устройства
conn-no-direct-hint = Здесь они не могут связаться друг с другом. Узел передаёт за них. Делать ничего не нужно.
conn-daemon-away = Couloir на этом компьютере не отвечает
conn-daemon-away-hint = Запустите его снова в терминале. Страница найдёт его сама.
conn-hub-connected = Узел отвечает
conn-hub-connected-hint = { $url }. Он носит запечатанную почту, которую могут прочесть только участники группы.
conn-hub-connected-named = «{ $name }», { $url }. Он носит запечатанную почту, которую могут прочесть только участники группы.
conn-hub-trying = Спрашиваем узел
conn-hub-trying-hint = { $url }
conn-hub-trying-named = «{ $name }», { $url }
conn-direct-links = { $links ->
    [one] { $links } прямая линия
    [few] { $links } прямые линии
    [many] { $links } прямых линий
   *[other] { $links } прямой линии
}
conn-direct-links-hint = Они работают и без узла.
conn-guest = Это гостевая ссылка
conn-guest-hint = Страница пришла по этой сети Wi-Fi без защиты, и оператор сети мог бы её изменить. У ноутбука с couloir.html или со своим Couloir такой бреши нет.
conn-hub-code = Здесь другие открывают Couloir
conn-own-code = Здесь другие связываются с вами
conn-short-code = Или продиктуйте этот код:
secure-way = У этого узла есть и страница с замком
secure-way-hint = Узел создал сертификат сам, поэтому браузер вас предупредит. Продолжайте, только если SHA-256 в сведениях о сертификате тот же, что на экране узла. Там можно записывать и получать уведомления. У неё своё хранилище: перенесите личность файлом или кодом. iPhone может там не подключиться.
secure-port = Здесь другие найдут страницу с замком
secure-port-hint = Там телефон может записывать и получать уведомления. Его браузер предупреждает, потому что узел создал сертификат сам: посередине никого нет, если в сведениях о сертификате стоит этот SHA-256. У той страницы своё хранилище, личность переносят туда файлом или кодом. iPhone может там не подключиться.
conn-file = Couloir одним файлом
conn-file-hint = Если couloir.html хранится на ноутбуке, никакая сеть Wi-Fi его не изменит. Он настоящий, если тот, кто получил его в другом месте, читает те же слова:
conn-file-save = Сохранить couloir.html
conn-was-away = Вас не было { $minutes ->
    [one] { $minutes } минуту
    [few] { $minutes } минуты
    [many] { $minutes } минут
   *[other] { $minutes } минуты
}
conn-fetched = { $messages ->
    [one] Получено { $messages } сообщение.
    [few] Получено { $messages } сообщения.
    [many] Получено { $messages } сообщений.
   *[other] Получено { $messages } сообщения.
}
conn-locked = Заблокированный телефон ничего не получает
conn-locked-hint = Откройте эту страницу, чтобы забрать пришедшее за это время.
conn-scan = Отсканировать код
conn-type = Ввести адрес
conn-again = Проверить снова
conn-address = Адрес узла
conn-address-hint = Как на его экране, например 192.168.8.20:4700, или код G82-J29-ED2
conn-no-address = Это не адрес, или в нём ошибка. Он выглядит так: 192.168.8.20:4700 или G82-J29-ED2.
conn-dial = Подключиться
conn-dialling = Спрашиваем
