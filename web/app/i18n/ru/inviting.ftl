menu-codes = Коды и кто ждёт
menu-codes-hint = По каким кодам ещё можно войти
menu-codes-waiting = { $count ->
    [one] { $count } человек ждёт, чтобы его впустили
    [few] { $count } человека ждут, чтобы их впустили
    [many] { $count } человек ждут, чтобы их впустили
   *[other] { $count } человека ждут, чтобы их впустили
}
codes-title = Входы в «{ $caucus }»
codes-waiting = Ждут, чтобы их впустили
codes-open = Действующие коды
codes-none = Действующих кодов нет: по коду никто не войдёт.
codes-new = Показать код
codes-make-poster = Сделать плакат
codes-personal = Для одного человека
codes-poster = Плакат
codes-listing = По нему открытая группа есть в списке
codes-by = Кто создал: { $name }
codes-used = Использовано { $used } из { $uses }
codes-until-revoked = До отзыва
codes-approval = Каждого нового впускает участник
codes-reads = Из прежнего видно: { $what }
codes-last = Последние { $count }
code-gone = Этот код исчерпан, истёк или отозван.
code-elsewhere = Снова показать его может только устройство, которое его создало. Владелец: { $name }.
code-revoke = Отозвать этот код
code-revoke-hint = Больше никто по нему не войдёт
code-revoke-sure = Кто ещё держит его, получит отказ. Кто уже вошёл, останется.
code-revoke-not = Отозвать его может { $name } или админ.
member-refuse = Отказать
turned-away = Во входе отказано: { $name }. Отказ передан.
invite-poster-row = Повесьте его; на сколько человек, решаете вы
poster-title = Плакат для «{ $caucus }»
poster-uses = На сколько человек
poster-uses-hint = Столько человек могут войти, потом код исчерпан.
poster-life = На какой срок
poster-life-day = 12 часов
poster-life-days = 3 дня
poster-life-never = До отзыва
poster-approval = Впускать каждого по отдельности
poster-approval-hint = Кто отсканирует, ждёт согласия участника
poster-free-hint = Кто отсканирует, сразу входит
poster-make = Сделать плакат
poster-heading = Заголовок плаката
poster-heading-hint = Его читает каждый прохожий: сам плакат говорит, что здесь есть куда вступить.
poster-print = Печать
