search-here = Искать в этой группе
search-everywhere = Искать во всём сказанном
search-said = Искать «{ $words }» во всём сказанном
search-words = Слова, файл, имя
search-hint = Регистр и надстрочные знаки не важны. Нужны все слова.
search-looking =
    { $count ->
        [one] Поиск. Прочитано { $count } сообщение.
        [few] Поиск. Прочитано { $count } сообщения.
       *[many] Поиск. Прочитано { $count } сообщений.
    }
search-found =
    { $count ->
        [one] Найдено: { $count }
        [few] Найдено: { $count }
       *[many] Найдено: { $count }
    }
search-none = Ничего такого на этом устройстве нет.
search-more = Искать дальше
date-go = Перейти к дате
date-go-hint = К первому сообщению дня
date-day = День
date-show = Перейти
date-none = Ни в этот день, ни позже ничего не сказано.
date-later = В этот день ничего не сказано. Вот что было дальше.
