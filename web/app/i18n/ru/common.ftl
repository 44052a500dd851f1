app-name = Couloir
back = Назад
cancel = Отмена
close = Закрыть
nameless = Без имени
verified = Проверено лично
key-changed = Ключ изменился
keys-differ = Ключи не совпадают
tabs = Главное
tab-caucuses = Группы
tab-people = Люди
tab-settings = Настройки
strip-both = <b>{ $people } на связи</b>, через узел и напрямую
strip-hub = <b>{ $people } на связи</b>, через узел
strip-direct = <b>{ $people } на связи</b>, напрямую
strip-mesh = <b>{ $people } на связи</b>, через других
strip-alone = <b>Есть связь.</b> Больше здесь пока никого нет
strip-none = <b>Никого на связи.</b> Написанное хранится здесь и уйдёт позже
strip-guest = <b>Гостевая ссылка.</b> Оператор этой сети Wi-Fi мог бы изменить страницу
strip-asks = <b>{ $name }</b> предлагает сверить с вами эмодзи
strip-compare = Сверьте сейчас семь эмодзи: <b>{ $name }</b>
strip-room-asks = <b>{ $name }</b> начинает сверку кода зала в группе «{ $caucus }»
strip-room-compare = Прочтите сейчас вслух код зала группы «{ $caucus }»
strip-held = <b>Задержано.</b> Проверьте ещё раз: { $name }
strip-held-many = <b>Задержано.</b> Проверьте ещё раз: { $name } и ещё { $others ->
    [one] { $others } человека
    [few] { $others } человека
    [many] { $others } человек
   *[other] { $others } человека
}
notice-pending = Запрос сделан. Группа откроется сама, когда ответит кто-то из участников.
error-wrong-passphrase = Это не та парольная фраза.
error-hub-away = Узел не отвечает. Вы в его сети Wi-Fi?
error-file-too-large = Этот файл больше 200 МБ.
error-file-not-here = Этого файла ещё нет на устройстве.
error-file-name = У этого файла нет имени.
error-too-long = Этот текст слишком длинный для одного сообщения.
error-usage = Здесь это не работает.
error-refused = Группа этого не разрешает.
error-invalid = Прочитать не удалось. Попросите ещё раз.
error-storage = Устройство не смогло это сохранить. Не кончилось ли место?
error-network = Никто не отвечает. Повторите, когда вверху будет видно, что кто-то на связи.
error-timeout = Пока никто не ответил. Попытка повторится сама.
error-internal = Здесь что-то сломалось. Написанное сохранено.
error-not-in = Ни одно устройство этого человека пока нельзя спросить. Повторите, когда он будет на связи.
error-over = Это уже закончилось. Начните заново.
