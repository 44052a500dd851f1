new-title = Новая группа
new-name = Название
new-name-missing = Дайте группе название.
new-who-finds = Кто может её найти
new-closed = Закрытая
new-open-to-all = Открытая
new-closed-hint = Никто снаружи не может узнать ни о ней, ни о том, кто в ней.
new-open-hint = Все на площадке видят её название и могут вступить.
new-people = Люди
new-chosen = { $people ->
    [0] никто не выбран
    [one] выбран { $people }
    [few] выбрано { $people }
    [many] выбрано { $people }
   *[other] выбрано { $people }
}
new-gets-later = { $presence }. Получит по возвращении
new-guest-link = { $presence } · гостевая ссылка
new-nobody = Здесь ещё никто не появился. Откройте группу и покажите её код.
new-show-code = Показать код
new-open = { $people ->
    [0] Открыть
    [one] Открыть: { $people } человек
    [few] Открыть: { $people } человека
    [many] Открыть: { $people } человек
   *[other] Открыть: { $people } человека
}
new-guests = { $guests ->
    [one] Среди них { $guests } гость
    [few] Среди них { $guests } гостя
    [many] Среди них { $guests } гостей
   *[other] Среди них { $guests } гостя
}
new-guests-hint = Страница гостя пришла по этой сети Wi-Fi без защиты. С гостем группу сможет читать оператор этой сети.
guest-question = Вход по гостевой ссылке
new-without-guests = Без гостей
new-with-guests = Всё равно открыть

invite-title = Приглашение в «{ $caucus }»
invite-for = Для кого
invite-one = Один человек
invite-several = До 10
invite-poster = Плакат
invite-one-hint = Действует один раз в течение часа.
invite-several-hint = Действует десять раз в течение 12 часов.
invite-making = Создаём код
invite-failed = Создать код здесь не удалось.
invite-qr = Код для камеры телефона
invite-scan = Наведите на него камеру телефона или передайте ссылку:
invite-scan-code = Адрес узла неизвестен, поэтому здесь только код. Отсканируйте его в Couloir или передайте:
invite-ends-today = Действует до { $time }
invite-ends = Действует до: { $day }, { $time }
invite-copy-link = Копировать ссылку
invite-copy-code = Копировать код
invite-link = Ссылка
invite-code = Код
invite-copied = Скопировано
invite-not-copied = Выделите текст и скопируйте его
invite-guests = Кто откроет ссылку на телефоне, войдёт как гость. С гостем закрытую группу сможет читать оператор этой сети Wi-Fi.

code-title = Вступить по ссылке или коду
code-brought = Вы открыли приглашение. Войдите, чтобы принять его.
code-field = Ссылка или код
code-field-hint = Вставьте то, что вам передали. Начинается с http или couloir:
code-scan-hint = Или сфотографируйте код:
code-reading = Читаем фото
code-none = Код на нём не найден. Держите телефон ближе и ровнее.
code-join = Вступить
code-joining = Спрашиваем участника

ask-title = Приглашение
ask-gone = Это приглашение больше не действует.
ask-unknown = Здесь ещё не встречается
ask-facts = { $members ->
    [one] В группе { $members } человек. Пришло в { $time }.
    [few] В группе { $members } человека. Пришло в { $time }.
    [many] В группе { $members } человек. Пришло в { $time }.
   *[other] В группе { $members } человека. Пришло в { $time }.
}
ask-facts-direct = Разговор вас двоих. Пришло в { $time }.
ask-accept = Принять
ask-accepting = Просим впустить
ask-decline = Отклонить
ask-decline-hint = { $name } не узнает, если вы отклоните.
ask-more = { $others ->
    [one] Ждёт ещё { $others } приглашение.
    [few] Ждут ещё { $others } приглашения.
    [many] Ждут ещё { $others } приглашений.
   *[other] Ждут ещё { $others } приглашения.
}

guest-link = гостевая ссылка
photo-too-large = Картинка слишком велика, чтобы показать её здесь. Её можно сохранить.
photo-unreadable = Это не картинка, которую можно показать. Её можно сохранить.
waiting-key-short = ждём ключ
receipt-nobody = Пока ни у кого нет.
receipt-person-read = Прочитано
receipt-person-reached = Доставлено
receipt-person-not = Ещё нет
readers-count =
    { $count ->
        [one] { $count } человек
        [few] { $count } человека
        [many] { $count } человек
       *[other] { $count } человека
    }
member-invited = Есть приглашение, ещё не здесь
member-asks = Просит впустить
member-admin = админ
member-admit = Впустить
menu-invite-hint = Покажет код и ссылку для тех, кого ещё нет
menu-alerts = Выделяется
menu-alerts-all = Всё
menu-alerts-mentions = Моё имя
menu-alerts-none = Ничего
menu-alerts-all-hint = Всё, что говорят
menu-alerts-mentions-hint = Где вас назвали через @, и вызовы
menu-alerts-none-hint = Ничего: не выделяется, и вызовы не звонят
name-choice = Назвать кого-то
name-choice-count = { $count ->
    [one] { $count } человека можно назвать
    [few] { $count } человек можно назвать
    [many] { $count } человек можно назвать
   *[other] { $count } человека можно назвать
}
menu-leave = Выйти из группы
menu-leave-sure = Другие увидят, что вы вышли. Сказанное до сих пор останется здесь для чтения.
