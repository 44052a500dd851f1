person-direct = Напрямую
person-mesh = Через других, которым это не прочесть
person-unreached = Сейчас связи нет
person-later = Написанное ждёт и уйдёт само
person-loading = Одну минуту
person-gone = Этого человека здесь не знают.
person-message = Написать
person-new-caucus = Новая группа
person-shared = { $caucuses ->
    [one] В { $caucuses } из ваших групп
    [few] В { $caucuses } из ваших групп
    [many] В { $caucuses } из ваших групп
   *[other] В { $caucuses } из ваших групп
}
person-bring = Ввести в группу
person-bring-guest = Впустить
person-unverified = Ещё без проверки
person-unverified-hint = Пока только эта сеть утверждает, что это { $name }. Сверьте ключи лично, прежде чем писать о важном.
person-verified-hint = Вы лично сверили ключи. Это { $name }.
person-guest = Гостевая ссылка
person-guest-hint = { $name } пользуется страницей, которая пришла по этой сети Wi-Fi без защиты. Написанное вами может прочесть оператор сети.
person-blocked = Блокировка
person-blocked-hint = Приглашения этого человека к вам не доходят. Он об этом не знает.
person-block = Заблокировать: { $name }
person-block-hint = Больше к вам не дойдут приглашения, которые шлёт { $name }, и знать об этом там не будут. В общих группах остаётесь вы оба. На этом устройстве отменить нельзя.
person-block-now = Заблокировать
person-key = Ключ этого человека
person-key-hint = { $name } видит тот же ключ в «Настройках». Прочтите его друг другу.
person-verify = Проверить
person-verify-again = Проверить ещё раз
person-verified-code = Вы лично отсканировали код: { $name }. { $time }
person-verified-emoji = Вы сверили эмодзи: { $name }. { $time }
person-was = При вашей проверке имя было «{ $name }»
person-was-hint = Теперь имя другое. Ключи те же.
