search = Поиск
list-search = Группа или имя
list-none-found = Ничего с таким именем.
list-new = Новая группа
list-scan = Вступить по коду
list-empty = Групп пока нет.
list-empty-hint = Отсканируйте код коллеги или откройте группу с теми, кто на связи.
list-ask = <b>{ $from }</b> приглашает вас в группу «{ $caucus }»
list-asks = <b>{ $from }</b> приглашает вас в группу «{ $caucus }». Приглашений ждёт: { $count }.
list-ask-direct = <b>{ $from }</b> хочет написать вам лично
list-asks-direct = <b>{ $from }</b> хочет написать вам лично. Приглашений ждёт: { $count }.
list-look = Посмотреть
list-open-here = Открыта на этой площадке
list-join = Вступить
list-draft = Черновик:
list-you = Вы:
list-name = { $name }:
list-nothing-said = Пока ничего не сказано
list-invited = Приглашение: { $name }
list-gone = Вас в ней больше нет
list-read = Прочитано
list-reached = Доставлено
list-held = Задержано
list-new-count =
    { $count ->
        [one] { $count } новое
        [few] { $count } новых
        [many] { $count } новых
       *[other] { $count } нового
    }
nothing-open = Ничего не открыто.
nothing-open-hint = Выберите группу сбоку. Ctrl K находит её по названию.
nothing-people = Никто не выбран.
nothing-people-hint = Выберите человека сбоку, чтобы написать ему или проверить его.
not-there = Этой группы здесь нет.
not-there-hint = На этом устройстве её нет или уже нет.
gone-hint = Вас больше нет в этой группе. Сказанное до того можно читать здесь.
you = Вы
guest = гость
muted = Без звука
names-you = Вас назвали
here = На связи
away = Не на связи
away-since = Не на связи с { $time }
here-of = { $here } из { $all } на связи
here-label = На связи { $here } из { $all }
invited-label =
    { $count ->
        [one] Приглашений: { $count }
        [few] Приглашений: { $count }
        [many] Приглашений: { $count }
       *[other] Приглашений: { $count }
    }
only-you = Только вы
open-caucus = открытая
more = Ещё
photo = Фото
photo-open = Фото. Нажмите, чтобы увидеть целиком
photo-fetch = Загрузить фото целиком, { $size }
photo-away = Фото целиком: { $size }
file-part = { $have } из { $size }
file-coming = Загружается
file-waiting = Никого, у кого он есть, нет на связи. Загрузка продолжится сама.
file-kept =
    { $count ->
        [one] Хранится у { $count }
        [few] Хранится у { $count }
        [many] Хранится у { $count }
       *[other] Хранится у { $count }
    }
voice = Голосовая заметка
file-save = Сохранить
file-fetch = Загрузить
record = Сказанное
older = Раньше
begin-closed = Никто снаружи не может узнать ни об этой группе, ни о том, кто в ней.
begin-open = Все на этой площадке могут найти группу и вступить в неё.
unread-since =
    { $count ->
        [one] { $count } новое с { $time }
        [few] { $count } новых с { $time }
        [many] { $count } новых с { $time }
       *[other] { $count } нового с { $time }
    }
new-below =
    { $count ->
        [one] { $count } новое ниже
        [few] { $count } новых ниже
        [many] { $count } новых ниже
       *[other] { $count } нового ниже
    }
to-end = В конец
gap =
    { $count ->
        [one] { $count } более раннее сообщение ещё не пришло.
        [few] { $count } более ранних сообщения ещё не пришли.
        [many] { $count } более ранних сообщений ещё не пришли.
       *[other] { $count } более раннего сообщения ещё не пришли.
    }
away-minutes = { $count ->
    [one] Вас не было { $count } минуту
    [few] Вас не было { $count } минуты
    [many] Вас не было { $count } минут
   *[other] Вас не было { $count } минуты
}
away-hours = { $count ->
    [one] Вас не было { $count } час
    [few] Вас не было { $count } часа
    [many] Вас не было { $count } часов
   *[other] Вас не было { $count } часа
}
away-days = { $count ->
    [one] Вас не было { $count } день
    [few] Вас не было { $count } дня
    [many] Вас не было { $count } дней
   *[other] Вас не было { $count } дня
}
away-fetched = { $messages ->
    [one] Получено { $messages } сообщение.
    [few] Получено { $messages } сообщения.
    [many] Получено { $messages } сообщений.
   *[other] Получено { $messages } сообщения.
}
away-note = { $away }. { $fetched }
waiting-key = Ждём ключ: { $name }
waiting-key-note = Ждём ключ ({ $name }). Откроется само.
in-answer-to = В ответ на
quote-elsewhere = Сообщение, которое здесь не показано
quote-not-here = Этого сообщения нет на устройстве.
line-unknown = Сообщение, которое эта версия Couloir не может показать.
line-unsigned = Сообщение выдаёт себя за сказанное для протокола, но отправитель его не подписал.
taken-back = Отозвано
said-aloud = { $name }: { $text }
show-all = Показать целиком
receipt-saved = Сохранено на этом устройстве
receipt-waiting = Никого на связи — уйдёт позже
receipt-held = Задержано до новой проверки: { $name }
receipt-reached = Доставлено { $reached } из { $of }
receipt-read = Прочитано: { $read }
entry-answer = Ответить
entry-more = Реакция, копия, ещё
react = Реакция
emoji = Эмодзи
write = Написать
tools = Стол и файлы
send = Отправить
send-later = Сохранить и отправить позже
to-one = Кому: { $name }
to-many = { $all ->
        [one] { $all } чел.
        [few] { $all } чел.
        [many] { $all } чел.
       *[other] { $all } чел.
    }, { $here } на связи
to-held = Задержано: { $name }
to-held-many = Задержано: { $name } и ещё { $others ->
        [one] { $others } человек
        [few] { $others } человека
        [many] { $others } человек
       *[other] { $others } человека
    }
to-nobody = Больше в ней пока никого нет
to-later = Хранится, пока никого нет на связи
guests-read =
    { $count ->
        [one] <b>{ $names }</b> — тоже читает, по гостевой ссылке
        [few] <b>{ $names }</b> — тоже читают, по гостевым ссылкам
        [many] <b>{ $names }</b> — тоже читают, по гостевым ссылкам
       *[other] <b>{ $names }</b> — тоже читают, по гостевым ссылкам
    }
guests-read-many =
    { $count ->
        [one] <b>{ $names }</b> и другие тоже читают, по гостевым ссылкам: всего { $count }
        [few] <b>{ $names }</b> и другие тоже читают, по гостевым ссылкам: всего { $count }
        [many] <b>{ $names }</b> и другие тоже читают, по гостевым ссылкам: всего { $count }
       *[other] <b>{ $names }</b> и другие тоже читают, по гостевым ссылкам: всего { $count }
    }
readers = Кто может это читать
menu-invite = Пригласить по коду
