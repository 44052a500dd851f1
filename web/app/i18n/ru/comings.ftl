coming-opened-own = Вы открыли эту группу
coming-opened-other = { $by } открывает эту группу
coming-added-own = Вы добавили: { $names }
coming-added-you = { $by } добавляет вас
coming-added-other = { $by } добавляет: { $names }
coming-came-own = { $count ->
    [one] По вашему коду: { $names }
    [few] По вашему коду: { $names }
    [many] По вашему коду: { $names }
   *[other] По вашему коду: { $names }
}
coming-came-you = Вы вошли по коду: { $by }
coming-came-other = { $count ->
    [one] По коду ({ $by }): { $names }
    [few] По коду ({ $by }): { $names }
    [many] По коду ({ $by }): { $names }
   *[other] По коду ({ $by }): { $names }
}
coming-left-own = Вы вышли
coming-left-other = { $count ->
    [one] { $names } выходит из группы
    [few] { $names } выходят из группы
    [many] { $names } выходят из группы
   *[other] { $names } выходят из группы
}
coming-removed-own = Вы исключили: { $names }
coming-removed-you = { $by } исключает вас
coming-removed-other = { $by } исключает: { $names }
coming-admin-own = Вы сделали админом: { $names }
coming-admin-you = { $by } делает вас админом
coming-admin-other = { $by } делает админом: { $names }
coming-member-own = Вы вернули в участники: { $names }
coming-member-you = { $by } возвращает вас в участники
coming-member-other = { $by } возвращает в участники: { $names }
coming-others = { $count ->
    [one] ещё { $count }
    [few] ещё { $count }
    [many] ещё { $count }
   *[other] ещё { $count }
}
coming-past-pinned = видно из прежнего: закреплённое
coming-past-last = видно из прежнего: последние { $count }
coming-past-all = видно из прежнего: всё
