palette-title = Перейти
palette-field = Группа, человек или действие
palette-doing = Что сделать здесь
palette-none = Здесь ничего так не называется.
palette-write = Написать «{ $words }»
palette-count =
    { $count ->
        [one] { $count } вариант
        [few] { $count } варианта
        [many] { $count } вариантов
       *[other] { $count } варианта
    }
keys-title = Клавиши
keys-everywhere = Везде
keys-writing = Когда вы пишете
keys-reading = В переписке
keys-palette = Перейти куда угодно
keys-caucuses = Группа выше или ниже
keys-back = Назад или закрыть
keys-cover = Закрыть экран
keys-list = Этот список
keys-send = Отправить
keys-line = Новая строка
keys-doing = Что можно сделать здесь
keys-entries = Предыдущее или следующее сообщение
